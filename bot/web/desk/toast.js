import { button, el, icon } from './dom.js';
import { t } from './words.js';

const STAYS = 7000; // milliseconds; one with something to press stays longer
const region = el('div.toasts', { role: 'status', ariaLive: 'polite' });

/** A sentence at the edge of the page. `kind`: good | bad | news; `action`: {name, run}. */
export function toast(text, kind = 'good', action = null) {
	const close = () => node.remove();
	const act = action && button('link', () => (close(), action.run()), action.name);
	const shape = { good: 'check', bad: 'alert', news: 'bell' }[kind];
	const node = el(`div.toast.${kind}`, icon(shape), el('span.grow', text), act, button('icon-button', close, { ariaLabel: t('close') }, icon('close')));
	region.append(node);
	while (region.children.length > 3) region.firstChild.remove();
	setTimeout(close, action ? STAYS * 2 : STAYS);
	return close;
}

/** Does it, and says in one sentence why it did not work. Gives whether it worked. */
export async function attempt(work, done = '') {
	try {
		await work();
		if (done) toast(done);
		return true;
	} catch (refusal) {
		if (refusal.status === undefined) throw refusal;
		const owner = refusal.body?.owner?.name;
		toast(owner ? t('refusal.owner', { reason: refusal.message, name: owner }) : refusal.message, 'bad');
		return false;
	}
}

/** Toasts stand above a modal dialog only inside of it. */
export const toasts = region;
