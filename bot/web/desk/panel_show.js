import { go } from './route.js';
import { emit, on, state } from './state.js';

/** A section of the details is opened and gets the focus; where the details are folded away, they come first. */
export function showPanel(key) {
	if (document.querySelector('.panels')?.offsetParent) return emit('panel', key);
	const end = on('place', () => {
		end();
		emit('panel', key);
	});
	return go(state.place, state.open, 'info');
}

/** The message that something was read in. */
export function showMessage(seq) {
	const look = () => {
		const node = document.querySelector(`.log [data-seq="${seq}"]`);
		if (!node) return;
		node.tabIndex = -1;
		node.scrollIntoView({ block: 'center' });
		node.focus();
	};
	if (document.querySelector('.log')?.offsetParent) return look();
	const end = on('place', () => {
		end();
		look();
	});
	return go(state.place, state.open);
}
