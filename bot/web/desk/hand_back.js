import { api, of } from './api.js';
import { ask } from './dialogs.js';
import { el, icon, pill } from './dom.js';
import { took } from './list.js';
import { labelOf, unused } from './panel_form.js';
import { radios, told } from './panel_parts.js';
import { nameOf } from './row.js';
import { state } from './state.js';
import { t, term } from './words.js';

const BY = { agent: ['person', ''], bot: ['bot', 'quiet'] };

/** What goes along, and who filled it in. */
function known({ fields }) {
	const filled = fields.filter((one) => one.filled && one.kind !== 'confirm');
	if (!filled.length) return el('p.help', t('hand_back.nothing'));
	const line = (one) => [el('dt', labelOf(one)), el('dd', `${one.shown} `, pill(BY[one.by][1], icon(BY[one.by][0]), t(`form.by_${one.by}`)))];
	return el('div.box', el('p', t('hand_back.known')), el('dl', filled.map(line)));
}

/** Where the bot goes on: the first question without an answer. */
function next({ form, fields, open }) {
	const one = fields.find(({ slot }) => slot === open);
	if (!form) return t('hand_back.then.ask');
	if (!one) return t('hand_back.then.nothing');
	return one.kind === 'confirm' ? t('hand_back.then.confirm') : t('hand_back.then.open', { name: labelOf(one) });
}

/** The dialog to hand a conversation back to the bot. Gives whether it was. */
export async function handBack(one) {
	const form = state.open === one.id && state.detail ? state.detail.form : (await api.get(of(one.id, 'form'))).form;
	const go = form.form ? t('hand_back.go_on', { job: term('job', form.job) }) : t('hand_back.ask');
	const jobs = form.jobs.filter((job) => job !== form.job).map((job) => ({ value: job, label: t('hand_back.job', { job: term('job', job) }) }));
	const goes = el('div', known(form));
	const then = el('p.then', { role: 'status' }, next(form));
	const choice = radios(t('hand_back.how'), [{ value: '', label: go }, ...jobs], '', look);
	const settled = (slot) => form.fields.some((field) => field.slot === slot && field.by === 'agent');
	const left = unused(form).filter(({ slot }) => !settled(slot));
	const forgotten = left.length > 0 && told('warn', t('hand_back.unticked', { what: left.map(({ shown }) => shown).join('; ') }));

	async function look() {
		const job = choice.value();
		const view = job ? (await api.get(of(one.id, 'form'), { job }).catch(() => null))?.form : form;
		if (!view || choice.value() !== job) return;
		goes.replaceChildren(known(view));
		then.textContent = next(view);
	}

	const send = async () => took(await api.post(of(one.id, 'hand_back'), choice.value() ? { job: choice.value() } : {}));
	const more = [el('p', t('hand_back.what')), goes, forgotten, choice.node, then];
	return ask(t('hand_back.title', { name: nameOf(one) }), [], send, { submit: t('action.hand_back'), more });
}
