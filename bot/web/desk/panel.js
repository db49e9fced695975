import { api, of } from './api.js';
import * as dialogs from './dialogs.js';
import { el, iconButton } from './dom.js';
import { section as form } from './panel_form.js';
import { section as history } from './panel_history.js';
import { section as jobs } from './panel_jobs.js';
import { section as order } from './panel_order.js';
import { section as orders } from './panel_orders.js';
import { section as shopper } from './panel_shopper.js';
import { section as tried } from './panel_tried.js';
import { back } from './route.js';
import { choice, conversation, on, state } from './state.js';
import { attempt, toast } from './toast.js';
import * as words from './words.js';

/**
 * The column at the right: sections one below the other, each in a file of its own (`panel_*.js`) that exports
 *
 *   export const section = { key, title_key, open?, may?, mount(node, context) };
 *
 * `key`: its name, also what an action of the desk jumps to (`emit('panel', key)`); `title_key`: its heading in words/*.json;
 * `open`: false: folded until the agent opens it; `may`: the permission without which it is not there.
 *
 * `mount(node, context)` is called anew for every conversation that is opened, once its details are there; `node` is empty
 * and the section's own. `context`:
 *   id              the conversation's id
 *   api, path(part) `await api.get(path('orders'))` -> GET /desk/v1/conversations/<id>/orders; a refusal has .message, .code
 *   state           the store (state.js); `conversation()` its Summary now, `detail()` everything of GET /conversations/<id>
 *   mine()          whether this agent may answer it now
 *   on(event, fn)   as in state.js, ended by itself when another conversation is opened. 'detail': notes, facts, orders, the
 *                   form … were fetched again (draw again); 'summary': owner, status, labels changed; 'messages': {news};
 *                   'next_action': {name, …}: the suggested action was pressed (`name` as in data/desk/suggestions.yml)
 *   gone()          true once another conversation was opened: what was fetched meanwhile is not for this one
 *   words           {t, term, money, languageName} (words.js)
 *   dialogs         {ask, dialog} (dialogs.js)
 *   attempt(work, done?)  does it; a refusal is told in a toast; toast(text, kind)
 *   reveal()        unfolds the section and brings it into view
 * Keys of a section's own go through `register` (actions.js), once, at the file's top.
 */
const SECTIONS = [form, order, jobs, tried, orders, shopper, history];

function framed(one, column) {
	const body = el('div.panel-body');
	const node = el('details.panel', { open: choice.get(`panel:${one.key}`, one.open !== false) }, el('summary', el('h2', words.t(one.title_key))), body);
	node.ontoggle = () => choice.set(`panel:${one.key}`, node.open);
	node.id = `panel-${one.key}`;
	column.append(node);
	return { node, body };
}

export function panelColumn() {
	const column = el('aside.panels', { ariaLabel: words.t('details'), tabIndex: -1 });
	let ends = [];
	let shown = null;

	function clear() {
		ends.forEach((end) => end());
		ends = [];
		shown = null;
		column.replaceChildren(el('div.panels-head', iconButton('back', words.t('back'), back), el('h1', words.t('details'))));
	}

	function mount() {
		const id = state.open;
		if (!id || shown === id || !state.detail) return;
		clear();
		shown = id;
		for (const one of SECTIONS) {
			if (one.may && !state.may.has(one.may)) continue;
			const { node, body } = framed(one, column);
			one.mount(body, {
				id,
				api,
				path: (part) => of(id, part),
				state,
				conversation,
				detail: () => state.detail,
				mine: () => conversation()?.owner.id === state.me.id && conversation().status === 'open',
				on: (event, fn) => ends.push(on(event, fn)),
				gone: () => state.open !== id,
				words,
				dialogs,
				attempt,
				toast,
				reveal() {
					node.open = true;
					node.scrollIntoView({ block: 'nearest' });
					node.querySelector('summary').focus();
				},
			});
		}
	}

	on('open', clear);
	on('detail', mount);
	on('panel', (key) => {
		const node = column.querySelector(`#panel-${key}`);
		if (!node) return;
		node.open = true;
		node.querySelector('summary').focus();
	});
	on('focus', (where) => where === 'panel' && (column.querySelector('summary') ?? column).focus());
	return column;
}
