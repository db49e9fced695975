import { addressForms } from './address_fields.js';
import { api } from './api.js';
import { keysOf, run, shown as keysShown } from './actions.js';
import { arrange, button, el, icon, pill } from './dom.js';
import { canEdit, control } from './field_controls.js';
import { outdated } from './opened.js';
import { inForm, keepFocus, keyed, told } from './panel_parts.js';
import { showMessage } from './panel_show.js';
import { t, term } from './words.js';

export const labelOf = ({ slot, label }) => label ?? term('slot', slot.split('.')[0]);

/** What was said meanwhile and does not stand in its field already. */
export const unused = ({ candidates, fields }) =>
	candidates.filter((one) => !fields.some((field) => field.slot === one.slot && field.filled && field.shown.includes(one.shown)));

const FILLED = { agent: ['person', 'form.by_agent'], bot: ['bot', 'form.by_bot'] };

function mount(node, context) {
	const { detail, mine, path, attempt } = context;
	const intro = el('div.form-intro');
	const list = el('ul.plain.form-fields');
	const offered = el('div');
	const foot = el('div.panel-foot');
	node.append(intro, list, offered, foot);
	let editing = null; // {slot, node}
	let look = '';
	let heard = 0; // of several answers at once the last one asked for counts

	const photos = (ids) => el('span.thumbs', ids.map((id) => el('img', { src: api.url(path(`photos/${encodeURIComponent(id)}`)), alt: t('photo.alt'), loading: 'lazy' })));

	/** How it reads; a photo is shown. */
	const reads = ({ kind, value, shown }) => (kind === 'photos' && Array.isArray(value) ? photos(value) : kind === 'confirm' ? t('form.confirmed') : shown);

	function by(field, form) {
		const fact = (detail().facts ?? []).find(({ slot }) => slot === field.slot);
		if (field.slot === form.open) return pill('warn', icon('arrow'), t('form.open'));
		if (!field.filled) return pill('quiet', t('form.empty'));
		const [shape, key] = FILLED[field.by];
		return pill(field.by === 'agent' ? '' : 'quiet', icon(shape), fact ? t('form.by', { name: fact.by.name }) : t(key));
	}

	function line(field, form) {
		const label = labelOf(field);
		const named = (key) => t(key, { name: label });
		const change = mine() && canEdit(field) && button('link', () => edit(field.slot), { ...keyed(`edit ${field.slot}`), ariaLabel: named(field.filled ? 'form.change.name' : 'form.fill.name') }, t(field.filled ? 'change' : 'form.fill'));
		const back = mine() && field.by === 'agent' && button('link', () => takeBack(field), { ...keyed(`back ${field.slot}`), ariaLabel: named('form.take_back.name') }, t('form.take_back'));
		const hint = !field.filled && field.kind === 'confirm' && el('p.help', t('form.confirm'));
		return el(`li.form-field${field.slot === form.open ? '.asked' : ''}`, { 'data-slot': field.slot }, el('div.form-head', el('b', label), by(field, form)), field.filled && el('p.form-value', reads(field)), hint, (change || back) && el('div.form-ways', change, back));
	}

	async function edit(slot) {
		const field = detail().form.fields.find((one) => one.slot === slot);
		if (!field || !mine() || !canEdit(field)) return;
		let made;
		if (!(await attempt(async () => (made = await control(field, labelOf(field)))) || context.gone())) return;
		const error = el('p.error', { role: 'alert' });
		const save = el('button.main', { type: 'submit' }, t('save'));
		const close = () => {
			editing = null;
			draw(true);
			node.querySelector(`[data-key="${CSS.escape(`edit ${slot}`)}"]`)?.focus();
		};
		async function send() {
			error.textContent = '';
			made.wrong({}, '');
			save.disabled = true;
			try {
				took(await api.put(path(`fields/${slot}`), { value: made.value() }));
				close();
				context.toast(t('form.saved', { name: labelOf(field) }));
			} catch (refusal) {
				if (refusal.status === undefined) throw refusal;
				const at = refusal.code === 'wrong_field' && made.wrong(refusal.body.errors ?? {}, refusal.message);
				if (!at) error.textContent = refusal.message;
			} finally {
				save.disabled = false;
			}
		}
		const form = inForm(el('form.editor', { noValidate: true, ariaLabel: labelOf(field) }, made.node, error, el('div.panel-foot', save, button('', close, t('cancel')))), send, close);
		editing = { slot, node: el('li.form-field.asked', { 'data-slot': slot }, el('div.form-head', el('b', labelOf(field))), form) };
		draw(true);
		made.focus();
	}

	function took({ form }) {
		heard += 1;
		outdated();
		detail().form = form;
		draw();
	}

	const takeBack = (field) => attempt(async () => took(await api.remove(path(`fields/${field.slot}`))), t('form.taken_back', { name: labelOf(field) }));

	const use = ({ slot, value }) => attempt(async () => took(await api.put(path(`fields/${slot}`), { value })), t('form.saved', { name: term('slot', slot) }));

	function candidate(one) {
		const said = context.state.messages.find(({ seq }) => seq === one.seq);
		const quote = said?.text ? `“${said.text.slice(0, 120)}”` : t('form.the_message');
		const isPhoto = detail().form.fields.some((field) => field.slot === one.slot && field.kind === 'photos');
		const take = mine() && button('', () => use(one), { ...keyed(`use ${one.slot} ${one.shown}`), ariaLabel: t('form.use.name', { name: term('slot', one.slot), value: one.shown }) }, icon('check'), t('form.use'));
		return el('li.candidate', el('div.grow', el('p', el('b', term('slot', one.slot)), ': ', isPhoto ? photos(one.value) : one.shown), button('link.quote', () => showMessage(one.seq), { ariaLabel: t('form.show_message') }, quote)), take);
	}

	function draw(force = false) {
		const { form, facts } = detail();
		const now = JSON.stringify([form, facts, mine(), context.conversation()?.owner, form?.candidates?.map(({ seq }) => context.state.messages.some((one) => one.seq === seq))]);
		if (!form || (now === look && !force)) return;
		look = now;
		if (mine() && form.fields.some(({ kind }) => kind === 'address')) addressForms().catch(() => {}); // so that keys need not wait
		if (editing && (!mine() || !form.fields.some(({ slot }) => slot === editing.slot))) editing = null;
		const begun = form.form ? [el('p', el('b', term('job', form.job)))] : [el('p.help', t('form.none'))];
		keepFocus(node, () => {
			intro.replaceChildren(...begun);
			arrange(list, form.fields.map((field) => (editing?.slot === field.slot ? editing.node : line(field, form))));
			const said = unused(form);
			offered.replaceChildren(...(said.length ? [el('h3', t('form.candidates')), el('p.help', t('form.candidates.help')), el('ul.plain', said.map(candidate))] : []));
			const owner = context.conversation()?.owner.kind;
			const hand = button('main', () => run('hand_back'), { ...keyed('hand back'), 'aria-keyshortcuts': keysOf('hand_back') }, icon('bot'), t('action.hand_back'), el('kbd', { ariaHidden: 'true' }, keysShown(keysOf('hand_back'))));
			foot.replaceChildren(mine() ? hand : owner === 'bot' ? told('calm', t('form.bot_has_it')) : told('calm', t('form.not_mine')));
		});
	}

	/** What the shopper says to people may hold an answer. */
	async function hear({ news } = {}) {
		if (news?.author.kind !== 'shopper' || !context.state.may.has('personal')) return;
		const now = ++heard;
		const answer = await api.get(path('form')).catch(() => null);
		if (answer && !context.gone() && now === heard) took(answer);
	}

	context.on('messages', hear);
	context.on('detail', () => draw());
	context.on('summary', () => draw());
	context.on('panel_form', (what) => {
		const { form } = detail();
		const wanted = form.fields.find((one) => one.slot === form.open && canEdit(one)) ?? form.fields.find(canEdit);
		if (what === 'edit' && wanted) edit(wanted.slot);
		if (what === 'use') offered.querySelector('.candidate button:not(.link)')?.focus();
	});
	draw();
}

export const section = { key: 'form', title_key: 'panel.form', mount };
