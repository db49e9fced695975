import { register } from './actions.js';
import { showPanel } from './panel_show.js';
import { can, conversation, emit, ownedByMe, state } from './state.js';
import { term } from './words.js';

/** The jobs of an order, in the order in which they are shown; their keys are `d 1` to `d 6`. */
export const JOBS = ['track', 'change_address', 'cancel', 'return', 'replace', 'lost'];

const SECTIONS = { form: 'f', order: 'o', jobs: 'j', tried: 't', orders: 'a', shopper: 's', history: 'h' };
const PERSONAL = ['order', 'jobs', 'orders', 'history'];

const open = () => !!state.open;
const mine = () => ownedByMe(conversation()) && conversation().status === 'open';

function inForm(what) {
	showPanel('form');
	emit('panel_form', what);
}

for (const [key, letter] of Object.entries(SECTIONS)) {
	register({ id: `panel_${key}`, keys: `d ${letter}`, group: 'details', when: () => open() && (!PERSONAL.includes(key) || can('personal')), run: () => showPanel(key) });
}
register(
	{ id: 'panel_edit', keys: 'd e', group: 'details', when: mine, run: () => inForm('edit') },
	{ id: 'panel_use', keys: 'd u', group: 'details', when: mine, run: () => inForm('use') },
	{ id: 'panel_find', keys: 'd n', group: 'details', when: () => open() && can('personal'), run: () => emit('next_action', { name: 'job:find' }) },
	{ id: 'panel_merge', keys: 'd m', group: 'details', when: () => open() && can('answer'), run: () => (showPanel('shopper'), emit('panel_merge')) },
);
JOBS.forEach((job, at) =>
	register({ id: `job_${job}`, name: () => term('job', job), keys: `d ${at + 1}`, group: 'details', when: mine, run: () => emit('next_action', { name: `job:${job}` }) }),
);
