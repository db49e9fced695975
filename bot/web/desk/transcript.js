import { arrange, button, el, icon } from './dom.js';
import { drawEvent, drawMessage, drawNote, drawPending } from './message.js';
import { loadOlder } from './opened.js';
import { pending } from './outbox.js';
import { on, state } from './state.js';
import { day } from './time.js';
import { attempt } from './toast.js';
import { t, term } from './words.js';

const NEAR = 60; // pixels from an end
const TOGETHER = 180_000; // milliseconds: what one says within is one block

const handoffs = () => (state.detail?.handoffs ?? []).map((one) => ({ after: one.to_seq, text: t('handoff.event', { reason: term('reason', one.reason) }), at: one.at }));

/** What the bot would have said, had nobody taken over meanwhile. */
const dropped = () => (state.detail?.dropped ?? []).map((one) => ({ after: one.message_seq, at: one.at, text: t('dropped.event', { text: one.replies.map(({ text }) => text).join(' ') }) }));

/** Messages, notes and what happened, in the order in which they came: [key, look, draw]. */
function lines() {
	const { messages, detail } = state;
	const read = detail?.read_seq ?? 0;
	const first = messages[0]?.seq ?? 0;
	const between = [
		...handoffs().map((one) => ({ ...one, key: `h${one.after}`, draw: () => drawEvent(one.text, one.at, 'handoff') })),
		...dropped().map((one) => ({ ...one, key: `b${one.after}`, draw: () => drawEvent(one.text) })),
		...(detail?.notes ?? []).map((one) => ({ ...one, after: one.after_seq, key: `n${one.id}`, draw: () => drawNote(one) })),
	].sort((one, other) => one.after - other.after || `${one.at}`.localeCompare(`${other.at}`));
	const made = [];
	let last = null;
	const add = (key, look, draw, at) => {
		const date = at && day(at);
		if (date && date !== last?.date) made.push([`d${date}`, date, () => el('h2.day', el('span', date))]);
		made.push([key, look, draw]);
		if (date) last = { date };
	};
	const rest = (seq) => {
		while (between[0] && between[0].after < seq) {
			const one = between.shift();
			// What happened before the first message that is here comes with it.
			if (one.after >= first - 1) add(one.key, [one.key, one.text].join(), one.draw, one.at), (before = null);
		}
	};
	let before = null;
	const lastSeen = messages.findLast((one) => one.author.kind === 'agent' && (one.read_at || one.seq <= read));
	for (const one of messages) {
		rest(one.seq);
		const follows = before && before.author.kind === one.author.kind && before.author.name === one.author.name && new Date(one.at) - new Date(before.at) < TOGETHER;
		const state_ = one.author.kind !== 'agent' ? '' : one === lastSeen ? 'read' : one.seq <= read || one.read_at ? '' : one.delivered_at ? 'delivered' : 'sent';
		add(`m${one.seq}`, JSON.stringify([one.seq, follows, state_, one.revision]), () => drawMessage(one, { follows, mark: state_ }), one.at);
		before = one;
	}
	rest(Infinity);
	const here = new Set(messages.map((one) => one.client_id));
	for (const one of pending(state.open)) {
		if (!here.has(one.client_id)) made.push([`p${one.client_id}`, JSON.stringify([one, state.live]), () => drawPending(one)]);
	}
	return made;
}

export function transcript() {
	const list = el('div.log', { role: 'log', ariaLive: 'polite', ariaLabel: t('log'), tabIndex: 0 });
	const earlier = button('more', () => attempt(loadOlder), t('log.earlier'));
	const latest = button('latest', toEnd, icon('arrow'), t('log.latest'));
	const node = el('div.log-box', list, latest);
	let nodes = new Map(); // key -> {look, node}
	let atEnd = true;
	let room = 0;
	let top = 0; // where the list was put, or seen last

	const near = () => list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;

	/** Whether what comes is to be in sight. Who has scrolled up counts at once: the browser's word of it may come later. */
	function follows() {
		if (list.scrollTop < top && !near()) atEnd = false;
		return atEnd;
	}

	function toEnd() {
		list.scrollTop = list.scrollHeight;
		top = list.scrollTop;
		atEnd = true;
		latest.hidden = true;
	}

	function draw({ first = false, older = false } = {}) {
		const height = list.scrollHeight;
		const before = list.scrollTop;
		const following = follows();
		const next = new Map();
		for (const [key, look, make] of lines()) {
			const known = nodes.get(key);
			next.set(key, known?.look === look ? known : { look, node: make() });
		}
		nodes = next;
		earlier.hidden = !state.older;
		arrange(list, [earlier, ...[...nodes.values()].map((one) => one.node)]);
		if (older) list.scrollTop = top = before + list.scrollHeight - height;
		else if (first || following) toEnd();
		else latest.hidden = false;
	}

	list.onscroll = () => {
		const changed = room !== list.clientHeight;
		room = list.clientHeight;
		if (changed && follows()) toEnd(); // less room is no scrolling away from the end
		atEnd = near();
		top = list.scrollTop;
		if (atEnd) latest.hidden = true;
		if (list.scrollTop < NEAR && state.older && state.messages.length) attempt(loadOlder);
	};
	new ResizeObserver(() => follows() && toEnd()).observe(list);
	list.addEventListener('load', () => follows() && toEnd(), true); // a photo has come

	on('open', () => {
		nodes = new Map();
		list.replaceChildren();
		top = 0;
		atEnd = true;
		latest.hidden = true;
	});
	on('messages', (what) => state.open && draw(what));
	on('detail', () => state.open && draw({}));
	on('live', () => state.open && draw({}));
	on('pending', () => {
		if (!state.open) return;
		draw({ first: pending(state.open).some(({ at }) => Date.now() - new Date(at) < 500) }); // what one sends oneself is to be seen
	});
	return { node, focus: () => list.focus() };
}
