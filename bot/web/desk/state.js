/** The store: what the server said, what this agent looks at. Whoever changes it says so with `emit`. */
const listeners = new Map();

export const state = {
	me: null, // the agent who is signed in
	may: new Set(), // permissions
	desk: {}, // teams, labels, languages …: how the desk is set up
	clock: 0, // the number of the last change that is known
	live: true, // the socket is open
	place: 'queue', // a view of the list, or a page (route.js)
	filters: {},
	known: new Map(), // id -> Summary
	list: [], // ids of the view, in order
	loading: false,
	more: false, // the view goes on
	incidents: [],
	counts: {},
	agents: [],
	cursor: null, // the row that the keys are at
	selected: new Set(),
	open: null, // the conversation that is shown: its id
	detail: null, // everything about it but its messages
	messages: [],
	older: false, // there are messages before the first
	typing: null, // who writes
};

/** `fn(data)` when `event` happens; the answer ends it. Events: list, counts, agents, place, open, summary, detail, messages, typing, live, pending, selection, suggestion, compose. */
export function on(event, fn) {
	if (!listeners.has(event)) listeners.set(event, new Set());
	listeners.get(event).add(fn);
	return () => listeners.get(event).delete(fn);
}

export function emit(event, data) {
	for (const fn of [...(listeners.get(event) ?? [])]) fn(data);
}

export const can = (permission) => state.may.has(permission);

/** The conversation that is shown, as the list knows it. */
export const conversation = () => state.known.get(state.open) ?? null;

export const ownedByMe = (summary) => summary?.owner.kind === 'agent' && summary.owner.id === state.me?.id;

export const agentNamed = (id) => state.agents.find((one) => one.id === id);

/** A later change wins; what is older than what is known is not news. */
export function learn(summary) {
	const known = state.known.get(summary.id);
	if (known && known.change > summary.change) return false;
	state.known.set(summary.id, summary);
	return true;
}

/** What this tab keeps for this agent over a reload: drafts, and what is not sent yet. */
const name = (part) => `ramah-desk:${state.me?.id}:${part}`;

export const keep = {
	get: (part) => JSON.parse(sessionStorage.getItem(name(part))),
	set(part, value) {
		if (value === null || value === undefined || value === '') sessionStorage.removeItem(name(part));
		else sessionStorage.setItem(name(part), JSON.stringify(value));
	},
	parts(start) {
		const whole = name(start);
		return Object.keys(sessionStorage).filter((key) => key.startsWith(whole)).map((key) => key.slice(name('').length)).sort();
	},
	forget() {
		for (const key of Object.keys(sessionStorage)) if (key.startsWith('ramah-desk:')) sessionStorage.removeItem(key);
	},
};

export const draft = (id, mode) => keep.get(`draft:${mode}:${id}`) ?? '';

export const setDraft = (id, mode, text) => keep.set(`draft:${mode}:${id}`, text);

/** Choices of this browser, whoever uses it. */
export const choice = {
	get: (part, otherwise) => JSON.parse(localStorage.getItem(`ramah-desk:${part}`)) ?? otherwise,
	set: (part, value) => localStorage.setItem(`ramah-desk:${part}`, JSON.stringify(value)),
};
