import { run } from './actions.js';
import { button, el, icon } from './dom.js';
import { MINE } from './conversation_actions.js';
import { can, conversation, emit, on, state } from './state.js';
import { suggestions } from './templates.js';
import { t, term } from './words.js';

const SOON = 200; // milliseconds

/** An action of the page, or an order job in the panel (`job:track`). */
const nextName = (name) => (name.startsWith('job:') ? term('job', name.slice(4)) : t(`action.${name}`));

/** What the desk's rules would answer and do next. Nothing is sent by itself: `insert(text)` only fills the field. */
export function suggestionBar(insert) {
	const node = el('div.suggestion', { hidden: true });
	let found = { reply: null, action: null };
	let wanted = false;
	let timer = 0;

	/** Whether there was one. */
	function use() {
		if (!found.reply || !MINE(conversation())) return false;
		insert(found.reply.text);
		return true;
	}

	function act({ name, ...about }) {
		if (!run(name)) emit('next_action', { name, ...about });
	}

	function draw() {
		const { reply } = found;
		const action = found.action?.name === 'claim' ? null : found.action; // it stands there already
		const mine = MINE(conversation());
		node.hidden = mine ? !wanted || !(reply || action) : !action;
		node.replaceChildren(
			...[
				mine && reply && el('div.suggested', icon('spark'), el('p.grow', el('small', t('suggested.reply', { why: reply.why ?? '' })), el('span.suggested-text', reply.text)), button('', use, t('suggested.use'), el('kbd', { ariaHidden: 'true' }, 'Tab'))),
				action && el('div.suggested', icon('arrow'), el('p.grow', el('small', t('suggested.action', { why: action.why ?? '' })), el('b', nextName(action.name))), button('', () => act(action), t('suggested.do'))),
			].filter(Boolean),
		);
	}

	function look() {
		clearTimeout(timer);
		timer = setTimeout(async () => {
			const id = state.open;
			if (!id || !can('answer')) return;
			const news = await suggestions(id);
			if (id !== state.open) return;
			found = news;
			draw();
		}, SOON);
	}

	on('open', () => {
		found = { reply: null, action: null };
		draw();
	});
	on('detail', look);
	on('summary', look);
	on('messages', ({ news } = {}) => news?.author.kind === 'shopper' && look());
	return {
		node,
		use,
		show(is) {
			wanted = is;
			draw();
		},
	};
}
