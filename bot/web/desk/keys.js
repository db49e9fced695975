import { known, possible } from './actions.js';
import { choice } from './state.js';

const CHAIN = 1200; // milliseconds for the second key of 'g q'
let first = '';
let timer = 0;

/** Letters do something only where nobody writes, and only if wanted (WCAG 2.1.4). */
export const letters = {
	get on() {
		return choice.get('letters', true);
	},
	set on(value) {
		choice.set('letters', value);
	},
};

const writes = (node) =>
	node?.closest?.('textarea, select, [contenteditable]') || (node?.tagName === 'INPUT' && !['checkbox', 'radio', 'button'].includes(node.type));

/** 'Ctrl+K', 'Shift+T', 'c', '?': a sign that takes Shift to type is that sign. */
function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey, code }) {
	const letter = altKey && /^Key[A-Z]$/.test(code) ? code.slice(3) : key; // on a Mac Alt+S types ß
	const isLetter = /^[a-z]$/i.test(letter);
	const name = isLetter && (ctrlKey || metaKey || altKey || shiftKey) ? letter.toUpperCase() : letter;
	const marks = [(ctrlKey || metaKey) && 'Ctrl', altKey && 'Alt', shiftKey && (isLetter || letter.length > 1) && 'Shift'];
	return [...marks.filter(Boolean), name].join('+');
}

function found(keys, writing) {
	return known().find((one) => {
		if (![one.keys, one.also].includes(keys) || (writing && !one.anywhere)) return false;
		return possible(one);
	});
}

function pressed(event) {
	if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
	const name = nameOf(event);
	if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
	const writing = !!writes(event.target);
	const letter = name.length === 1 || name.startsWith('Shift+');
	if (letter && !writing && !letters.on && name !== '?') return;
	if (name === 'Enter' && event.target.closest('a, button, summary, input')) return; // it is pressed itself
	const one = (first && found(`${first} ${name}`, writing)) || found(name, writing);
	clearTimeout(timer);
	first = '';
	if (one) {
		event.preventDefault();
		one.run(event);
	} else if (!writing && known().some(({ keys }) => keys?.startsWith(`${name} `))) {
		first = name;
		timer = setTimeout(() => (first = ''), CHAIN);
	}
}

export const startKeys = () => addEventListener('keydown', pressed);
