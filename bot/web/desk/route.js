import { can, emit, state } from './state.js';

/** What is in the address: `#/queue`, `#/mine/c_1`, `#/mine/c_1/info`, `#/overview`. So that the browser's "back" works, on phones above all. */
export const VIEWS = ['queue', 'mine', 'team', 'all', 'mentions', 'snoozed', 'resolved'];
export const PAGES = { search: 'read', overview: 'supervise', audit: 'audit', people: 'manage' };

export const isPage = (place = state.place) => place in PAGES;

export function read() {
	const [, place = '', id = '', part = ''] = location.hash.split('/').map(decodeURIComponent);
	const known = VIEWS.includes(place) || (place in PAGES && can(PAGES[place]));
	return { place: known ? place : 'queue', id: (known && id) || null, part };
}

export function go(place = state.place, id = null, part = '') {
	const hash = `#/${[place, id, part].filter(Boolean).map(encodeURIComponent).join('/')}`;
	// Not location.hash, which is told of later: the next key is meant for what is shown then.
	if (location.hash !== hash) history.pushState(null, '', hash);
	emit('route');
}

export const openConversation = (id) => go(state.place === 'overview' || state.place === 'people' || state.place === 'audit' ? 'all' : state.place, id);

/** One column up, as a phone shows them: details, conversation, list. */
export function back() {
	const { place, id, part } = read();
	go(place, part ? id : null);
}

export const startRoute = () => addEventListener('hashchange', () => emit('route'));
