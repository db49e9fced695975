import { api, of } from './api.js';
import { settle, settleNotes } from './outbox.js';
import { conversation, emit, learn, state } from './state.js';

const QUIET = 6000; // milliseconds after which nobody is writing any more
const SOON = 150;
let typingTimer = 0;
let detailTimer = 0;
let readTimer = 0;
let asked = 0; // looks at the details, counted; what an earlier one brings after a later one is not what is
let answered = 0; // the last one that was shown
let valid = 0; // the first one that knows what this page knows
let told = 0; // the last number that the server was told this agent has read

export const lastSeq = () => state.messages.at(-1)?.seq ?? 0;

function add(messages) {
	const known = new Map(state.messages.map((one) => [one.seq, one]));
	for (const one of messages) known.set(one.seq, { ...known.get(one.seq), ...one });
	state.messages = [...known.values()].sort((one, other) => one.seq - other.seq);
}

/** Shows a conversation; `stream` follows it. */
export async function openOne(id, stream) {
	if (state.open === id) return;
	if (state.open) stream()?.unfollow(state.open);
	Object.assign(state, { open: id, detail: null, messages: [], older: false, typing: null });
	told = 0;
	clearTimeout(detailTimer);
	emit('open', id);
	if (!id) return;
	await loadDetail(id);
	if (state.open === id) stream()?.follow();
}

async function loadDetail(id) {
	const look = ++asked;
	const { conversation: summary, messages, more, ...detail } = await api.get(of(id));
	if (state.open !== id || look <= answered || look < valid) return;
	answered = look;
	learn(summary);
	const first = !state.detail; // its messages may have come before, by the stream
	add(messages);
	if (first) state.older = more;
	state.detail = detail;
	messages.forEach(settle);
	settleNotes();
	emit('summary', conversation());
	emit('detail', detail);
	emit('messages', { first });
	seen();
	if (state.counts.mentions && (detail.notes ?? []).some((one) => one.mentions?.includes(state.me.id))) api.post(of(id, 'mentions/seen')).catch(() => {});
}

/** Notes, facts or labels changed; several changes are one look. */
export function lookAgain() {
	clearTimeout(detailTimer);
	const id = state.open;
	if (id) detailTimer = setTimeout(() => loadDetail(id).catch(() => {}), SOON);
}

/** Something newer than a look that is under way is known: that look is left, and another one taken. */
export function outdated() {
	if (answered === asked) return;
	valid = asked + 1;
	lookAgain();
}

export async function loadOlder() {
	const id = state.open;
	if (!state.older || state.loadingOlder) return;
	state.loadingOlder = true;
	try {
		const { messages, more } = await api.get(of(id, 'messages'), { before: state.messages[0]?.seq });
		if (state.open !== id) return;
		add(messages);
		state.older = more ?? messages.length > 0;
		emit('messages', { older: true });
	} finally {
		state.loadingOlder = false;
	}
}

/** Frames about the conversation that is shown. */
export function hear(frame) {
	if (frame.conversation_id !== state.open) return;
	if (frame.type === 'message') {
		const news = frame.message.seq > lastSeq();
		add([frame.message]);
		settle(frame.message);
		if (news && frame.message.author.kind === 'shopper') setTyping(null);
		emit('messages', { news: news ? frame.message : null });
		seen();
	}
	if (frame.type === 'typing') setTyping(frame.on === false ? null : frame.author);
	if (frame.type === 'read' && state.detail) {
		state.detail.read_seq = Math.max(state.detail.read_seq ?? 0, frame.seq);
		emit('messages', {});
	}
	if (frame.type === 'detail') lookAgain();
	const owner = conversation()?.owner;
	if (frame.type === 'owner' && (frame.owner.kind !== owner?.kind || frame.owner.id !== owner?.id)) lookAgain();
}

function setTyping(author) {
	clearTimeout(typingTimer);
	if (author) typingTimer = setTimeout(() => setTyping(null), QUIET);
	state.typing = author;
	emit('typing', author);
}

/** What is on the screen of somebody who looks has been read. */
export function seen() {
	const id = state.open;
	const seq = lastSeq();
	if (!id || document.hidden || seq <= told) return;
	clearTimeout(readTimer);
	readTimer = setTimeout(async () => {
		if (state.open !== id || document.hidden) return;
		told = seq;
		await api.post(of(id, 'read'), { seq }).catch(() => (told = 0));
	}, 400);
}
