import { t } from './words.js';

/**
 * Everything an agent can do, once: keys, palette and help read it here.
 * An action: {id, group, keys?, anywhere?, when?(), run()}; its name is `action.<id>` in the words.
 * `keys`: 'c', 'g q' (one after the other), 'Shift+T', 'Ctrl+K', 'Alt+S'; `anywhere`: also while one writes.
 */
const actions = new Map();

export const GROUPS = ['move', 'conversation', 'write', 'details', 'go', 'desk'];

export function register(...list) {
	for (const one of list) actions.set(one.id, one);
}

export const known = () => [...actions.values()];

export const possible = (one) => !one.when || !!one.when();

export const nameOf = ({ id, name }) => name?.() ?? t(`action.${id}`);

export const keysOf = (id) => actions.get(id)?.keys;

/** Whether there was something to do. */
export function run(id) {
	const one = actions.get(id);
	if (!one || !possible(one)) return false;
	one.run();
	return true;
}

/** As people read keys. */
export const shown = (keys) =>
	keys
		.split(' ')
		.map((one) => (one.length === 1 ? one.toUpperCase() : one.replace('Escape', 'Esc')))
		.join(' ');
