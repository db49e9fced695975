import { register } from './actions.js';
import { api, of } from './api.js';
import * as dialogs from './conversation_dialogs.js';
import { handBack } from './hand_back.js';
import { took } from './list.js';
import { openConversation } from './route.js';
import { can, conversation, emit, ownedByMe, state } from './state.js';
import { attempt, toast } from './toast.js';
import { t } from './words.js';

/** What a key means: the row that has the focus, else the conversation that is shown. */
export function target() {
	const inList = document.activeElement?.closest('.queue');
	return (inList && state.known.get(state.cursor)) || conversation() || state.known.get(state.cursor) || null;
}

const post = (one, part, body) => api.post(of(one.id, part), body).then(took);

const answers = (one) => can('answer') && one;

/** An action about the target; `when(summary)`, `run(summary)`. */
const about = (id, keys, when, run) => ({ id, keys, group: 'conversation', when: () => !!target() && when(target()), run: () => run(target()) });

async function takeAnd(one, part) {
	if (await attempt(() => post(one, part))) {
		if (state.open !== one.id) openConversation(one.id);
		emit('compose', 'reply');
	}
}

async function resolve(one) {
	const undo = { name: t('action.reopen'), run: () => attempt(() => post(one, 'reopen')) };
	if (await attempt(() => post(one, 'resolve'))) toast(t('done.resolved'), 'good', undo);
}

export const CLAIM = (one) => answers(one) && one.owner.kind === 'queue' && one.status !== 'resolved';

export const TAKE_OVER = (one) => can('supervise') && !ownedByMe(one) && one.owner.kind !== 'queue' && one.status !== 'resolved';

export const MINE = (one) => answers(one) && ownedByMe(one) && one.status === 'open';

/** Whose it is decides about it, and who looks after all of them. */
export const DECIDE = (one) => answers(one) && (ownedByMe(one) || can('supervise')) && one.owner.kind !== 'bot';

const open = (one) => one.status === 'open';

register(
	about('claim', 'c', CLAIM, (one) => takeAnd(one, 'claim')),
	about('take_over', 'Shift+T', TAKE_OVER, (one) => takeAnd(one, 'take_over')),
	about('hand_back', 'h', MINE, async (one) => {
		if (state.open !== one.id) openConversation(one.id);
		if (await handBack(one)) toast(t('done.handed_back'));
	}),
	about('resolve', 'e', (one) => DECIDE(one) && one.status !== 'resolved', resolve),
	about('reopen', 'o', (one) => answers(one) && !open(one), (one) => attempt(() => post(one, 'reopen'), t('done.reopened'))),
	about('snooze', 'z', (one) => DECIDE(one) && open(one), async (one) => (await dialogs.snooze(one)) && toast(t('done.snoozed'))),
	about('transfer', 't', (one) => DECIDE(one) && open(one), async (one) => (await dialogs.transfer(one)) && toast(t('done.transferred'))),
	about('assign', 'a', (one) => can('supervise') && open(one), async (one) => (await dialogs.assign(one)) && toast(t('done.assigned'))),
	about('release', 'b', (one) => DECIDE(one) && one.owner.kind === 'agent' && open(one), (one) => attempt(() => post(one, 'release'), t('done.released'))),
	about('label', 'l', (one) => can('note') && !!one, (one) => dialogs.label(one)),
	about('transcript', 'Shift+E', (one) => answers(one) && one.id === state.open, (one) => attempt(() => post(one, 'transcript'), t('done.transcript'))),
);

/** One after the other, for who may not do it for all at once; what each was refused is told together. */
async function oneByOne(conversations, action, { label }) {
	const done = [];
	for (const id of conversations) {
		const body = action === 'label' ? { add: [label], remove: [] } : {};
		await api.post(of(id, action === 'label' ? 'labels' : action), body).then((answer) => done.push(took(answer) && id), () => {});
	}
	return { done, refused: conversations.filter((id) => !done.includes(id)) };
}

/** Many at once; says how many were refused. */
export async function bulk(action, more = {}) {
	const conversations = [...state.selected];
	await attempt(async () => {
		const all = () => api.post('/bulk', { conversations, action, ...more });
		const { done, refused } = await (can('supervise') ? all() : oneByOne(conversations, action, more));
		done.forEach((id) => state.selected.delete(id));
		emit('selection');
		const words = refused.length ? t('bulk.some', { n: done.length, refused: refused.length }) : t('bulk.done', { n: done.length });
		toast(words, refused.length ? 'bad' : 'good');
	});
}
