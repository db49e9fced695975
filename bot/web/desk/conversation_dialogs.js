import { api, of } from './api.js';
import { ask } from './dialogs.js';
import { took } from './list.js';
import { nameOf } from './row.js';
import { state } from './state.js';
import { local, moments, when } from './time.js';
import { t, term } from './words.js';

const post = async (one, part, body) => took(await api.post(of(one.id, part), body));


export function snooze(one) {
	const times = moments();
	const options = Object.entries(times).filter(([name]) => name !== 'monday' || +times.monday !== +times.tomorrow).map(([name, date]) => ({ value: name, label: t(`snooze.${name}`, { when: when(date) }) }));
	const fields = [
		{ name: 'preset', label: t('snooze.until'), type: 'radio', value: 'hour', options: [...options, { value: 'own', label: t('snooze.own') }] },
		{ name: 'own', label: t('snooze.at'), type: 'datetime-local', value: local(times.tomorrow), min: local(new Date()), oninput: ({ target }) => (target.form.elements.preset.value = 'own') },
	];
	const send = ({ preset, own }) => post(one, 'snooze', { until: new Date(preset === 'own' ? own : times[preset]).toISOString().replace(/\.\d+Z/, 'Z') });
	return ask(t('snooze.title', { name: nameOf(one) }), fields, send, { submit: t('action.snooze') });
}

/** An agent as one chooses them: who is there and how much they have. */
const agentOption = ({ id, name, presence, load, capacity }) => ({
	value: id,
	disabled: presence !== 'online' && id !== state.me.id, // the server gives nothing to who is not there
	label: t('agent.option', { name, presence: t(`presence.${presence}`), load: load ?? 0, capacity: capacity ?? '–' }),
});

const RANK = { online: 0, away: 1, offline: 2 };

const others = (without) =>
	state.agents
		.filter((one) => one.active !== false && one.role !== 'trainer' && one.id !== without)
		.sort((one, other) => RANK[one.presence] - RANK[other.presence] || one.name.localeCompare(other.name))
		.map(agentOption);

export function transfer(one) {
	const teams = Object.entries(state.desk.teams ?? {}).map(([id, name]) => ({ value: `team:${id}`, label: name, group: t('teams') }));
	const agents = others(one.owner.id).map((each) => ({ ...each, value: `agent:${each.value}`, group: t('agents') }));
	const fields = [
		{ name: 'to', label: t('transfer.to'), type: 'select', options: [...teams, ...agents], required: true },
		{ name: 'note', label: t('transfer.note'), type: 'textarea', help: t('note.private') },
	];
	const send = ({ to, note }) => {
		const [kind, id] = to.split(/:(.*)/);
		return post(one, 'transfer', { [kind === 'team' ? 'team' : 'agent_id']: id, ...(note && { note }) });
	};
	return ask(t('transfer.title', { name: nameOf(one) }), fields, send, { submit: t('action.transfer') });
}

const agentField = (chosen) => ({ name: 'agent_id', label: t('assign.to'), type: 'select', options: others(), value: chosen, required: true });

export function assign(one) {
	const send = ({ agent_id }) => post(one, 'assign', { agent_id });
	return ask(t('assign.title', { name: nameOf(one) }), [agentField(one.owner.id)], send, { submit: t('action.assign') });
}

export function label(one) {
	const names = [...new Set([...(state.desk.labels ?? []), ...one.labels])];
	const options = names.map((name) => ({ value: name, label: term('label', name) }));
	const send = async ({ labels }) => {
		const add = labels.filter((name) => !one.labels.includes(name));
		const remove = one.labels.filter((name) => !labels.includes(name));
		if (add.length || remove.length) await post(one, 'labels', { add, remove });
	};
	return ask(t('label.title', { name: nameOf(one) }), [{ name: 'labels', label: t('labels'), type: 'checkboxes', value: one.labels, options }], send, { submit: t('save') });
}

/** The same for many: gives {agent_id} or {label} to `send`. */
export const assignMany = (n, send) => ask(t('assign.many', { n }), [agentField()], send, { submit: t('action.assign') });

export function labelMany(n, send) {
	const options = (state.desk.labels ?? []).map((name) => ({ value: name, label: term('label', name) }));
	return ask(t('label.many', { n }), [{ name: 'label', label: t('label'), type: 'select', options, required: true }], send, { submit: t('action.label') });
}
