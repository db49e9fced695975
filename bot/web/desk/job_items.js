import { el } from './dom.js';
import { t } from './words.js';

/** Which items and how many; `exchange(true)` also asks what for. Gives {node, value(), exchange(is)}. */
export function itemLines(items, changed) {
	const lines = items.map((one) => {
		const { line_id: id, title, options, price, most, why_not: no, exchange: variants = [] } = one;
		const box = el('input', { type: 'checkbox', disabled: !most, onchange: follow });
		const name = el('span.grow', title, options && ` (${options})`, el('small.line', price), no && el('small.line', no.sentence));
		const pieces = most > 1 && el('input.number', { type: 'number', min: 1, max: most, value: '1', ariaLabel: t('job.pieces', { title, n: most }) });
		const label = ({ label: words, difference }) => (difference ? `${words} (${difference})` : words);
		const other = variants.length > 0 && el('select', { ariaLabel: t('job.exchange', { title }) }, el('option', { value: '' }, t('choose')), variants.map((each) => el('option', { value: each.variant_id }, label(each))));
		const more = el('div.item-more', { hidden: true }, pieces, other);
		return { id, box, pieces, other, more, node: el('div.item', el('label.check', box, name), more) };
	});
	let exchanging = false;

	function follow() {
		for (const { box, pieces, other, more } of lines) {
			if (other) other.hidden = !exchanging;
			more.hidden = !box.checked || !(pieces || (other && exchanging));
		}
		changed();
	}

	const node = el('fieldset.field', el('legend', t('slot.return_items')), lines.map((one) => one.node));
	return {
		node,
		value: () =>
			lines
				.filter(({ box }) => box.checked)
				.map(({ id, pieces, other }) => ({ line_id: id, quantity: pieces ? Number(pieces.value) : 1, ...(exchanging && other?.value && { new_variant_id: other.value }) })),
		exchange(is) {
			exchanging = is;
			follow();
		},
	};
}
