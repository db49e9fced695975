import { CARDS } from './cards.js';
import { button, el, icon, link, speak, t } from './dom.js';

export const nameOf = ({ kind, name }) => name || t(kind);

function draw({ author, at, text, card, language, labels, buttons = [] }, context) {
	const { kind } = author;
	const tagged = /bot|agent/.test(kind);
	(context.speak = () => speak(labels))();
	const linked = text?.split(/(https:\/\/[^\s<>"']*[^\s<>"'.,;:!?)])/).map((part, at) => (at % 2 ? link(part) : part));
	return el(
		`div.message.${kind}`,
		el('div.who', tagged && el('span.face', icon(kind)), el('b', nameOf(author)), tagged && el('span.pill', t(`${kind}.tag`)), el('time', context.time(at))),
		card?.type !== 'photo' && text && el('div.bubble', language && { lang: language }, linked),
		el(
			'fieldset',
			card && CARDS[card.type]?.(card, context),
			el('div.choices', buttons.map(({ title, value }) => button('', () => context.choose(value, undefined, title), title))),
		),
		el('div.state'),
	);
}

export function logOf(conversation, { locale, server, pickPhoto }) {
	const { outbox } = conversation;
	const list = el('div.log', { role: 'log', ariaLive: 'polite', ariaLabel: t('log'), tabIndex: 0 });
	let nodes, greeting, anchor, top; // begin of what is new; where the view was put
	let atEnd = true;

	const toEnd = () => {
		list.scrollTop = list.scrollHeight;
	};
	list.onscroll = () => {
		atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
	};
	new ResizeObserver(() => atEnd && toEnd()).observe(list);

	const make = (message) =>
		draw(message, {
			server,
			pickPhoto,
			photoOf: conversation.photo,
			get draft() {
				return conversation.draft(message.seq);
			},
			keepDraft: (value) => conversation.setDraft(message.seq, value),
			choose(choice, values, text) {
				conversation.setDraft(message.seq);
				outbox.add({ choice, values, text });
				list.focus();
			},
			time(at) {
				const date = new Date(at);
				const day = date.toDateString() !== new Date().toDateString() && { day: 'numeric', month: 'short' };
				return date.toLocaleString(locale, { ...day, hour: 'numeric', minute: '2-digit' });
			},
		});

	function mark(node, { client_id, failed }, waiting) {
		const words = !waiting ? '' : (failed ?? t(conversation.live ? 'sending' : 'waiting'));
		const state = node.lastChild;
		if ((state.firstChild?.data ?? '') === words) return;
		state.replaceChildren(words, failed ? button('', () => outbox.remove({ client_id }), t('remove')) : '');
	}

	/** Read out elsewhere, in short; what is being read stays where it is. */
	function swap(old, node) {
		const end = old.offsetTop < list.scrollTop && list.scrollHeight - list.scrollTop;
		const more = node.querySelector('details');
		if (more) more.open = old.querySelector('details')?.open;
		node.ariaLive = 'off';
		if (old.contains(list.getRootNode().activeElement)) list.focus();
		old.replaceWith(node);
		if (end) list.scrollTop = list.scrollHeight - end;
	}

	function clear(expired) {
		nodes = new Map();
		const say = (kind, text, buttons) => make({ at: Date.now(), author: { kind }, text, buttons });
		greeting = say('bot', t('greeting'), t('starters').map((title) => ({ title })));
		list.replaceChildren(expired ? say('system', t('ended')) : '', greeting);
	}

	function update() {
		// Another tab's entry may come to light after the message it became.
		const said = new Set(conversation.messages.map(({ client_id }) => client_id));
		const waiting = outbox.entries.filter(({ client_id }) => !said.has(client_id));
		const shown = [
			...conversation.messages,
			...waiting.map((entry) => ({ ...entry, author: { kind: 'shopper' }, card: entry.image && { ...entry, type: 'photo' } })),
		];
		const answered = shown.findLastIndex(({ author, failed }) => author.kind === 'shopper' && !failed);
		const rated = shown.some(({ text }) => /^\d\/5/.test(text));
		const old = nodes;
		let before = greeting;
		nodes = new Map();
		greeting.querySelector('fieldset').disabled = shown[0];
		shown.forEach((message, at) => {
			const key = message.client_id ?? message.seq;
			const known = old.get(key);
			const same = known?.revision === message.revision;
			const node = known && same ? known : make(message);
			node.revision = message.revision;
			if (known && !same) swap(known, node);
			const own = message.author.kind === 'shopper';
			old.delete(key);
			nodes.set(key, node);
			node.querySelector('fieldset').disabled = message.card?.type === 'rating' ? rated : at < answered;
			mark(node, message, !message.seq);
			if (before.nextSibling !== node) before.after(node);
			before = node;
			if (known) return;
			if (own || message.author.kind === 'agent' || !anchor?.isConnected || anchor.offsetTop < list.scrollTop) anchor = node;
			if (own || atEnd || list.scrollTop === top) list.scrollTop = top = anchor.offsetTop - 12;
		});
		old.forEach((node) => node.remove());
	}

	clear();
	return { list, toEnd, clear, update };
}
