import { api, onSignedOut, setCsrf } from './api.js';
import { audit } from './audit.js';
import { conversationColumn } from './conversation.js';
import './conversation_actions.js';
import { dress } from './desk_actions.js';
import { el } from './dom.js';
import { startKeys } from './keys.js';
import { heardOf, loadList } from './list.js';
import { login } from './login.js';
import { startNews, startTitle, tell } from './notify.js';
import { hear, lastSeq, lookAgain, openOne, seen } from './opened.js';
import { flush } from './outbox.js';
import { overview } from './overview.js';
import { panelColumn } from './panel.js';
import { people } from './people.js';
import { queue } from './queue.js';
import { go, isPage, read, startRoute } from './route.js';
import { search } from './search.js';
import { can, choice, emit, keep, on, state } from './state.js';
import { openStream } from './stream.js';
import { attempt, toast, toasts } from './toast.js';
import { topbar } from './topbar.js';
import { nameOf } from './row.js';
import { loadWords, t } from './words.js';

let stream = null;

/** The session there is; else the page to begin one. */
async function session() {
	for (let why = ''; ; ) {
		try {
			if (choice.get('signed_in', false)) return await api.get('/session');
		} catch (refusal) {
			why = refusal.status === 401 ? why : refusal.message;
		}
		const { csrf } = await login(why);
		setCsrf(csrf);
		choice.set('signed_in', true);
	}
}

function build() {
	const pages = { overview: can('supervise') && overview(), audit: can('audit') && audit(), people: can('manage') && people() };
	const columns = el('main.columns', queue(), search(), conversationColumn(() => stream), panelColumn(), Object.values(pages));
	document.body.replaceChildren(...topbar(), columns, toasts);
}

/** What the address says is shown: place, conversation, and on a phone which column. */
async function follow() {
	const { place, id, part } = read();
	const moved = place !== state.place || !state.list.length;
	if (place !== state.place) Object.assign(state, { place, cursor: null, list: isPage(place) ? state.list : [] });
	Object.assign(document.body.dataset, { place, column: isPage(place) && place !== 'search' ? 'page' : part === 'info' ? 'panel' : id ? 'conversation' : 'list' });
	emit('place', place);
	if (moved && !isPage()) attempt(loadList);
	try {
		await openOne(id, () => stream);
	} catch (refusal) {
		if (refusal.status === undefined) throw refusal;
		toast(refusal.message, 'bad');
		if (refusal.status === 404) go(place); // it is gone, or never was
	}
}

function notice({ what, conversation_id: id, text }) {
	const one = state.known.get(id);
	const name = one ? nameOf(one) : t('notice.unknown');
	tell(text ? t(`notice.${what}.text`, { text, name }) : t(`notice.${what}`, { name }), id);
}

/** Frames of the socket. */
function heard(frame) {
	if (frame.type === 'conversation') heardOf(frame.conversation);
	else if (frame.type === 'ready') state.clock = Math.max(state.clock, frame.clock);
	else if (frame.type === 'presence') {
		state.agents = frame.agents;
		const me = frame.agents.find(({ id }) => id === state.me.id);
		if (me && me.presence !== 'offline') state.me.presence = me.presence;
		emit('agents');
	} else if (frame.type === 'notice') notice(frame);
	else hear(frame);
}

function live(is) {
	if (state.live === is) return;
	state.live = is;
	emit('live', is);
	if (!is) return;
	flush();
	attempt(loadList);
	lookAgain();
}

let leaving = false;

async function signedOut() {
	if (leaving || !state.me) return;
	leaving = true;
	stream?.close();
	choice.set('signed_in', false);
	// What is written is kept for this agent; the page begins anew behind the log-in.
	location.reload();
}

async function signOut() {
	await attempt(async () => {
		leaving = true;
		await api.post('/logout');
		keep.forget();
		choice.set('signed_in', false);
		location.hash = '';
		location.reload();
	});
	leaving = false;
}

async function start() {
	dress();
	await loadWords();
	const { agent, may, csrf, clock, desk } = await session();
	setCsrf(csrf);
	// Where the desk gives conversations out, what is new is among one's own.
	if (!location.hash && desk.assignment === 'automatic') history.replaceState(null, '', '#/mine');
	Object.assign(state, { me: agent, may: new Set(may), clock, desk, live: true, place: read().place });
	build();
	onSignedOut(signedOut);
	on('route', follow);
	on('sign_out', signOut);
	on('sent', (entry) => (entry.kind !== 'reply' || !state.live) && lookAgain());
	startRoute();
	startKeys();
	startTitle();
	startNews();
	const { agents } = await api.get('/agents').catch(() => ({ agents: [] }));
	state.agents = agents;
	emit('agents');
	const last = () => ({ clock: () => state.clock, last: lastSeq, follows: () => state.open, hear: heard, live, ended: () => api.get('/session').catch(() => {}) });
	await follow();
	stream = openStream(last());
	flush();
	document.addEventListener('visibilitychange', seen);
	addEventListener('unhandledrejection', () => toast(t('refusal.page'), 'bad'));
}

start();
