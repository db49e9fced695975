import { api } from './api.js';
import { VIEWS } from './route.js';
import { can, emit, learn, ownedByMe, state } from './state.js';

const PAGE = 60;
const PAUSE = 4000; // milliseconds between two looks at what the server counts
let asked = 0;
let timer = 0;
let looked = 0;

const BELONGS = {
	queue: (one) => one.status === 'open' && one.owner.kind === 'queue',
	mine: (one) => one.status === 'open' && ownedByMe(one),
	team: (one) => one.status === 'open' && one.owner.kind !== 'bot' && state.me.teams.includes(one.team),
	all: (one) => one.status !== 'resolved' && one.owner.kind !== 'bot',
	snoozed: (one) => one.status === 'snoozed' && one.owner.kind !== 'bot' && (can('supervise') || ownedByMe(one)),
	resolved: (one) => one.status === 'resolved' && one.owner.kind !== 'bot',
};

/** Whether the list that is shown would show it; null: only the server knows. */
function belongs(one) {
	const { language, reason, team, label, agent } = state.filters;
	const kept =
		(!language || one.language.split('-')[0] === language) &&
		(!reason || one.reason === reason) &&
		(!team || one.team === team) &&
		(!label || one.labels.includes(label)) &&
		(!agent || one.owner.id === agent);
	return state.place in BELONGS ? kept && BELONGS[state.place](one) : null;
}

const at = (time) => (time ? new Date(time).getTime() : Infinity);

/** What is escalated first, then what is due first; what is done: the latest first. */
function inOrder(one, other) {
	if (['resolved', 'mentions'].includes(state.place)) return at(other.last_message_at) - at(one.last_message_at);
	return (
		!!other.escalated_at - !!one.escalated_at ||
		at(one.due_at) - at(other.due_at) ||
		at(one.waiting_since) - at(other.waiting_since) ||
		at(other.last_message_at) - at(one.last_message_at)
	);
}

function sort() {
	state.list.sort((one, other) => inOrder(state.known.get(one), state.known.get(other)));
}

/** The view from the server; `further`: what comes after what is shown. */
export async function loadList(further = false) {
	if (!VIEWS.includes(state.place)) return;
	const mine = ++asked;
	looked = Date.now();
	clearTimeout(timer);
	const before = further ? state.list.at(-1) : '';
	state.loading = true;
	emit('list');
	try {
		const found = await api.get('/conversations', { view: state.place, ...state.filters, limit: PAGE, before });
		if (mine !== asked) return;
		found.conversations.forEach(learn);
		const ids = found.conversations.map(({ id }) => id);
		state.list = further ? [...new Set([...state.list, ...ids])] : ids;
		state.more = ids.length >= PAGE;
		state.clock = Math.max(state.clock, found.clock);
		Object.assign(state, { incidents: found.incidents, counts: found.counts });
		for (const id of state.selected) if (!state.list.includes(id)) state.selected.delete(id);
	} finally {
		if (mine === asked) {
			state.loading = false;
			emit('list');
			emit('counts');
		}
	}
}

/** Counts and incidents are the server's: asked again a little after something changed, not after every change. */
function lookSoon(now = false) {
	clearTimeout(timer);
	const wait = now ? 0 : Math.max(300, PAUSE - (Date.now() - looked));
	timer = setTimeout(() => loadList().catch(() => lookSoon()), wait);
}

/** A conversation changed. */
export function heardOf(summary) {
	const before = state.known.get(summary.id);
	if (!learn(summary)) return;
	state.clock = Math.max(state.clock, summary.change);
	const listed = state.list.includes(summary.id);
	const wanted = belongs(summary);
	if (wanted && !listed) state.list.push(summary.id);
	if (wanted === false && listed) {
		state.list = state.list.filter((id) => id !== summary.id);
		state.selected.delete(summary.id);
	}
	if (wanted !== null) sort();
	emit('list');
	emit('changed', { before, now: summary });
	if (summary.id === state.open) emit('summary', summary);
	if (summary.owner.kind !== 'bot' || (before && before.owner.kind !== 'bot')) lookSoon();
}

/** After this agent did something: what the server answered is known at once. */
export function took(answer) {
	if (answer.conversation) heardOf(answer.conversation);
	lookSoon(true);
	return answer;
}

export function setFilters(filters) {
	state.filters = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
	return loadList();
}
