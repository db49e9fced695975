import { keysOf, shown as keysShown } from './actions.js';
import { button, el, icon } from './dom.js';
import { jobForm } from './job_forms.js';
import { drawPreview, drawResult } from './job_steps.js';
import { JOBS } from './panel_keys.js';
import { orderLook } from './panel_order.js';
import { notKnown, orderHead } from './panel_orders.js';
import { failed, inForm, keepFocus, keyed, labelled, loading, told, turns, whenOpen } from './panel_parts.js';
import { showPanel } from './panel_show.js';
import { state } from './state.js';
import { t, term } from './words.js';

/**
 * The jobs of an order: which may be done, and one of them step by step: form, preview, result. `at`: list, find, form,
 * preview, writing or result; what one has begun stays while the conversation changes beside it.
 */
function mount(node, { api, path, on, gone, detail, mine, conversation }) {
	let at = '';
	let found = null; // the answer of GET jobs
	let order = ''; // another than the one in hand: its id
	let look = '';
	const late = turns(gone);

	/** The next step takes the focus with its heading, if the agent was in here. */
	function stage(name, ...parts) {
		const inside = node.contains(document.activeElement) && at !== name;
		at = name;
		keepFocus(node, () => node.replaceChildren(...parts.flat(3).filter(Boolean)));
		if (inside && name !== 'form') node.querySelector('[tabindex="-1"]')?.focus();
	}

	/** What the jobs follow from: the order, and the photos that may go with a return. */
	const lookNow = () => `${orderLook(detail(), state.messages)} ${state.messages.filter(({ card }) => card?.type === 'photo').length}`;

	async function load() {
		look = lookNow();
		const tooLate = late();
		if (!node.children.length) stage('list', loading());
		try {
			const answer = await api.get(path('jobs'), { order });
			if (tooLate() || !['list', ''].includes(at)) return false;
			found = answer;
			list();
			return true;
		} catch (refusal) {
			if (refusal.status === undefined) throw refusal;
			if (!tooLate() && ['list', ''].includes(at)) stage('list', failed(refusal.message, load));
			return false;
		}
	}

	function line({ job, allowed, sentence, left_to_person: beyond }) {
		const name = term('job', job);
		if (!allowed) return el('li.job.not', icon('ban'), el('div', el('b', name), el('p.small', sentence)));
		const keys = keysOf(`job_${job}`);
		return el('li.job', button('job-button', () => open(job), { ...keyed(job), disabled: !mine(), 'aria-keyshortcuts': keys.replace(' ', '+') }, icon('arrow'), el('span.grow', name, beyond && el('span.line.small', beyond.sentence)), el('kbd', { ariaHidden: 'true' }, keysShown(keys))));
	}

	function list() {
		const { order: one, known, jobs, sentence } = found;
		const sorted = [...jobs].sort((a, b) => JOBS.indexOf(a.job) - JOBS.indexOf(b.job));
		const hint = one && !mine() && told('calm', conversation()?.owner.kind === 'bot' ? t('form.bot_has_it') : t('form.not_mine'));
		const ways = el('div.panel-foot', button('', find, keyed('find'), t('find.title')), order && button('', inHand, keyed('in hand'), t('find.in_hand')));
		stage('list', one ? [el('div', { tabIndex: -1 }, orderHead(one)), known === false && notKnown()] : told('calm', sentence), hint, el('ul.plain.jobs', sorted.map(line)), ways);
	}

	const back = () => {
		if (found && look === lookNow()) list();
		else {
			at = '';
			load();
		}
		node.querySelector('button:not(:disabled)')?.focus();
	};

	function anew() {
		at = '';
		return load();
	}

	function inHand() {
		order = '';
		anew();
	}

	/** An order that this conversation does not know: by its number and something that the agent knows of it. */
	function find() {
		const number = labelled(t('slot.order_number'), el('input', { type: 'text', maxLength: 60, autocomplete: 'off' }));
		const proof = labelled(t('find.proof'), el('input', { type: 'text', maxLength: 320, autocomplete: 'off' }), { help: t('find.proof.help'), optional: true });
		const error = el('p.error', { role: 'alert' });
		const go = el('button.main', { type: 'submit' }, t('find.go'));
		async function send() {
			error.textContent = '';
			if (!number.input.value.trim()) {
				number.wrong(t('find.missing'));
				return number.input.focus();
			}
			go.disabled = true;
			try {
				const answer = await api.post(path('orders/find'), { number: number.input.value.trim(), proof: proof.input.value.trim() });
				order = answer.order.id;
				if (!gone() && (await anew())) node.querySelector('[tabindex="-1"]')?.focus();
			} catch (refusal) {
				if (refusal.status === undefined) throw refusal;
				error.textContent = refusal.status === 404 ? t('find.nothing') : refusal.message;
				number.input.focus();
			} finally {
				go.disabled = false;
			}
			return undefined;
		}
		stage('find', inForm(el('form.editor', { noValidate: true }, el('h3', t('find.title')), number.node, proof.node, error, el('div.panel-foot', go, button('', back, t('back')))), send, back));
		number.input.focus();
	}

	/** The form of a job; telling where an order is asks nothing. */
	function open(job) {
		const { form } = found.jobs.find((one) => one.job === job);
		const made = jobForm(job, form, { url: (photo) => api.url(path(`photos/${encodeURIComponent(photo)}`)) });
		const error = el('p.error', { role: 'alert' });
		const go = el('button.main', { type: 'submit' }, t('job.preview'));
		async function send() {
			error.textContent = made.lacks();
			made.wrong({}, '');
			if (error.textContent) return made.focus();
			go.disabled = true;
			try {
				const preview = await api.post(path(`jobs/${job}/preview`), { order_id: found.order.id, ...made.value() });
				if (!gone()) previewed(job, preview, made.asks ? shown : back);
			} catch (refusal) {
				if (refusal.status === undefined) throw refusal;
				const { sentence, errors = {} } = refusal.body;
				if (!made.asks && !node.contains(form_)) return stage('list', failed(sentence ?? refusal.message, anew));
				if (!made.wrong(errors, refusal.message)) error.textContent = sentence ?? refusal.message;
			} finally {
				go.disabled = false;
			}
			return undefined;
		}
		const form_ = inForm(el('form.editor', { noValidate: true }, el('h3', { tabIndex: -1 }, term('job', job), el('small', ` · ${t('order', found.order)}`)), made.node, error, el('div.panel-foot', go, button('', back, t('back')))), send, back);
		function shown() {
			stage('form', form_);
			made.focus();
		}
		if (!made.asks) send();
		else shown();
	}

	function previewed(job, preview, again) {
		async function confirm() {
			stage('writing', told('calm', t('job.writing')), el('p.hidden', { tabIndex: -1 }, t('job.writing')));
			let ended;
			try {
				ended = { ...(await api.post(path('jobs/confirm'), { preview_id: preview.preview_id })), code: 'done' };
			} catch (refusal) {
				if (refusal.status === undefined) throw refusal;
				// Without an answer nobody knows; asking again with the same preview does nothing twice.
				ended = { state: refusal.passing && !refusal.body.state ? 'unknown' : 'refused', ...refusal.body, code: refusal.code, message: refusal.message };
			}
			if (gone()) return;
			stage('result', drawResult(ended, { confirm, again: anewThen(job), done: anew }));
			node.querySelector('[tabindex="-1"]')?.focus();
		}
		stage('preview', drawPreview(job, preview, { confirm, back: again }));
		node.querySelector('[tabindex="-1"]')?.focus();
	}

	/** The order has changed: what may be done with it is asked anew, then the job begins again. */
	const anewThen = (job) => async () => {
		if ((await anew()) && found.jobs.find((one) => one.job === job)?.allowed) open(job);
	};

	async function wanted({ name, order: id }) {
		const [kind, job] = name.split(':');
		if (kind !== 'job') return;
		showPanel('jobs');
		if (['writing', 'preview'].includes(at)) return; // what waits for a yes is not thrown away by a key
		if (job === 'of') {
			order = id;
			await anew();
		} else if (job === 'find') find();
		else if (found || (await load())) {
			if (mine() && found.jobs.some((one) => one.job === job && one.allowed)) open(job);
			else list();
		}
	}

	on('next_action', wanted);
	whenOpen(node, () => {
		load();
		on('summary', () => at === 'list' && found && list());
		const follow = () => lookNow() !== look && at === 'list' && load();
		on('detail', follow);
		on('messages', follow);
	});
}

export const section = { key: 'jobs', title_key: 'panel.jobs', may: 'personal', mount };
