import { el, put } from './dom.js';
import { t } from './words.js';

const MOST = 6; // at once; the arrow keys reach the others
let count = 0;

/**
 * A list above a text field that follows what is typed. `find(before)`: what is before the caret -> null, or
 * {typed, label, hits: [{title, text, take}]}; `take(hit, typed)` puts one in.
 */
export function popover(field, find, take) {
	const id = `pop${++count}`;
	const list = el('ul', { id, role: 'listbox', ariaLabel: t('suggestions') });
	const more = el('p.popover-more');
	const node = el('div.popover', { hidden: true }, list, more);
	let found = null;
	let at = 0;
	let from = 0; // the first that is drawn
	field.setAttribute('aria-autocomplete', 'list');
	field.setAttribute('aria-controls', id);

	const option = (hit, index) =>
		el('li', { id: `${id}-${index}`, role: 'option', ariaSelected: `${index === at}`, 'aria-setsize': found.hits.length, 'aria-posinset': index + 1, onmousedown: (event) => (event.preventDefault(), choose(hit)) }, el('b', hit.title), hit.text && el('span', hit.text));

	function draw() {
		from = Math.max(at - MOST + 1, Math.min(from, at));
		const { hits } = found;
		list.replaceChildren(...hits.map(option).slice(from, from + MOST));
		put(more, hits.length > MOST ? t('canned.more', { n: hits.length }) : '');
		field.setAttribute('aria-activedescendant', `${id}-${at}`);
	}

	function close() {
		found = null;
		node.hidden = true;
		list.replaceChildren();
		field.removeAttribute('aria-activedescendant');
	}

	function choose(hit) {
		const { typed } = found;
		close();
		take(hit, typed);
		field.focus();
	}

	async function look() {
		const before = field.value.slice(0, field.selectionStart);
		const hits = await find(before);
		if (before !== field.value.slice(0, field.selectionStart)) return;
		if (!hits?.hits.length) {
			close();
			return;
		}
		found = hits;
		at = from = 0;
		list.ariaLabel = hits.label;
		node.hidden = false;
		draw();
	}

	/** Whether the key was the list's. */
	function key(event) {
		if (!found) return false;
		const n = found.hits.length;
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step) at = (at + step + n) % n;
		else if (['Enter', 'Tab'].includes(event.key)) choose(found.hits[at]);
		else if (event.key === 'Escape') close();
		else return false;
		event.preventDefault();
		event.stopPropagation();
		if (found) draw();
		return true;
	}

	field.addEventListener('blur', () => setTimeout(close, 100));
	return { node, look, key, close };
}
