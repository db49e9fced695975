import { button, el, icon, pill } from './dom.js';
import { failed, keepFocus, keyed, loading, told, turns, whenOpen } from './panel_parts.js';
import { full, when } from './time.js';
import { t } from './words.js';

/**
 * What a look at the store depends on: the order is asked for again when one of these changed, not with every note. A card
 * that was drawn anew is the store's word that the order has moved.
 */
export const orderLook = ({ tried = [], handoffs = [], facts = [] }, messages) =>
	JSON.stringify([
		tried.map(({ at, outcome, id }) => [at, outcome, id]),
		handoffs.length,
		facts.filter(({ slot }) => slot === 'order_id').map(({ shown }) => shown),
		messages.filter(({ card }) => card?.type === 'order').map(({ seq, revision }) => [seq, revision]),
	]);

const lines = (text) => text.split('\n').map((line) => el('span.line', line));

/** One part of the order: one value where nothing changed, else both moments. */
function row({ label, then, now, changed }) {
	if (!changed) return el('div.moment', el('h3.part-title', label), el('p', lines(now ?? then ?? '–')));
	const column = (key, text) => el('div', el('h4.small-title', t(key)), el('p', lines(text ?? '–')));
	return el('div.moment.changed', el('h3.part-title', label, pill('warn', icon('alert'), t('order.changed'))), el('div.two', column('order.then', then), column('order.now', now)));
}

function summary({ reason, sentence, seen_at, differences }) {
	if (reason) return told(reason === 'store_down' ? 'bad' : 'calm', sentence);
	const seen = { when: when(seen_at), n: differences.length };
	return differences.length ? told('warn', t(differences.length === 1 ? 'order.difference' : 'order.differences', seen)) : told('good', t('order.same', seen));
}

/** The order as it was when the conversation came to people, beside the order as it is. */
function draw(found, again) {
	const { rows, reason, now, seen_at: seen, differences } = found;
	const beside = reason !== 'no_order' && el('p.help', now ? t('order.marked') : t('order.only_then', { when: seen ? when(seen) : '' }), seen && el('time.hidden', { dateTime: seen }, full(seen)));
	const other = differences.filter(({ label_key: key }) => !rows.some((one) => one.key === key)).map((one) => row({ ...one, changed: true }));
	return [summary(found), rows.length > 0 && beside, el('div.moments', rows.map((one) => row(now ? one : { ...one, changed: false })), other), el('div.panel-foot', button('', again, keyed('again'), t('panel.again')))];
}

export const section = {
	key: 'order',
	title_key: 'panel.order',
	may: 'personal',
	mount(node, { api, path, on, gone, detail, state }) {
		let look = '';
		const late = turns(gone);
		const lookNow = () => orderLook(detail(), state.messages);

		const show = (...parts) => keepFocus(node, () => node.replaceChildren(...parts.flat(3).filter(Boolean)));

		async function load() {
			look = lookNow();
			const tooLate = late();
			node.ariaBusy = 'true';
			if (!node.children.length) show(loading());
			try {
				const found = await api.get(path('order'));
				if (!tooLate()) show(draw(found, load));
			} catch (refusal) {
				if (refusal.status === undefined) throw refusal;
				if (!tooLate()) show(failed(refusal.message, load));
			} finally {
				if (!tooLate()) node.ariaBusy = 'false';
			}
		}

		whenOpen(node, () => {
			load();
			for (const news of ['detail', 'messages']) on(news, () => lookNow() !== look && load());
		});
	},
};
