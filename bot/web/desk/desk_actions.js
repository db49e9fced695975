import { register } from './actions.js';
import { api } from './api.js';
import { letters } from './keys.js';
import { overlay } from './notify.js';
import { openPalette } from './palette.js';
import { changePassword, help } from './own_dialogs.js';
import { back, go, isPage, openConversation, PAGES, VIEWS } from './route.js';
import { can, choice, conversation, emit, ownedByMe, state } from './state.js';
import { attempt, toast } from './toast.js';
import { t } from './words.js';

/** Up or down in the list; the row gets the focus, so that the next key is about it. */
function move(step) {
	const at = state.list.indexOf(state.cursor ?? state.open);
	const next = state.list[at < 0 ? 0 : Math.min(state.list.length - 1, Math.max(0, at + step))];
	if (next) emit('cursor', (state.cursor = next));
}

const inList = () => !isPage() && state.list.length > 0;

register(
	{ id: 'next', keys: 'j', group: 'move', when: inList, run: () => move(1) },
	{ id: 'previous', keys: 'k', group: 'move', when: inList, run: () => move(-1) },
	{ id: 'open', keys: 'Enter', group: 'move', when: () => inList() && state.cursor, run: () => openConversation(state.cursor) },
	{ id: 'select', keys: 'x', group: 'move', when: () => inList() && state.cursor, run: () => emit('toggle', state.cursor) },
	{ id: 'select_all', keys: '*', group: 'move', when: inList, run: () => emit('toggle_all') },
	{ id: 'focus_list', keys: '1', group: 'move', when: () => !isPage(), run: () => emit('focus', 'list') },
	{ id: 'focus_log', keys: '2', group: 'move', when: () => state.open, run: () => emit('focus', 'log') },
	{ id: 'focus_panel', keys: '3', also: 'i', group: 'move', when: () => state.open, run: () => emit('focus', 'panel') },
	{ id: 'filter', keys: 'f', group: 'move', when: () => !isPage(), run: () => emit('focus', 'filters') },
	{ id: 'back', keys: 'Escape', group: 'move', anywhere: true, run: leave },
);

/** Out of what one writes first, then one column up. */
function leave() {
	const writing = document.activeElement?.closest('textarea, input, select');
	if (writing) return emit('focus', state.open ? 'log' : 'list');
	if (state.selected.size) {
		state.selected.clear();
		return emit('selection');
	}
	return state.open || isPage() ? back() : undefined;
}

const mine = () => ownedByMe(conversation()) && conversation().status === 'open';

register(
	{ id: 'reply', keys: 'r', group: 'write', when: mine, run: () => emit('compose', 'reply') },
	{ id: 'note', keys: 'n', group: 'write', when: () => state.open && can('note'), run: () => emit('compose', 'note') },
	{ id: 'whisper', keys: 'w', group: 'write', when: () => state.open && can('supervise') && !mine() && conversation()?.owner.kind === 'agent', run: () => emit('compose', 'whisper') },
	{ id: 'suggestion', keys: 'Alt+S', group: 'write', anywhere: true, when: mine, run: () => emit('suggestion') },
	{ id: 'canned', keys: 'Alt+C', group: 'write', anywhere: true, when: mine, run: () => emit('canned') },
	{ id: 'photo', keys: 'p', group: 'write', when: mine, run: () => emit('photo') },
);

const VIEW_KEYS = { queue: 'q', mine: 'm', team: 't', all: 'a', mentions: 'n', snoozed: 'z', resolved: 'e' };
const PAGE_KEYS = { overview: 'o', audit: 'u', people: 'p' };

for (const view of VIEWS) register({ id: `go_${view}`, keys: `g ${VIEW_KEYS[view]}`, group: 'go', run: () => go(view) });
for (const [page, keys] of Object.entries(PAGE_KEYS)) register({ id: `go_${page}`, keys: `g ${keys}`, group: 'go', when: () => can(PAGES[page]), run: () => go(page) });

export async function presence(wanted) {
	await attempt(async () => {
		const { agent } = await api.post('/presence', { presence: wanted });
		state.me = { ...state.me, ...agent, presence: wanted };
		emit('agents');
	}, t(`done.${wanted}`));
}

const scheme = () => choice.get('scheme', 'auto');

export function dress() {
	document.documentElement.dataset.scheme = scheme();
}

register(
	{ id: 'search', keys: '/', group: 'go', run: () => go('search') },
	{ id: 'palette', keys: 'Ctrl+K', group: 'go', anywhere: true, run: openPalette },
	{ id: 'help', keys: '?', group: 'desk', run: help },
	{ id: 'presence', keys: 'Shift+A', group: 'desk', run: () => presence(state.me.presence === 'online' ? 'away' : 'online') },
	{ id: 'notifications', keys: 'Shift+N', group: 'desk', run: overlay.toggle },
	{
		id: 'scheme',
		keys: 'Shift+L',
		group: 'desk',
		run() {
			const all = ['auto', 'light', 'dark'];
			choice.set('scheme', all[(all.indexOf(scheme()) + 1) % all.length]);
			dress();
			toast(t(`scheme.${scheme()}`));
		},
	},
	{
		id: 'letters',
		group: 'desk',
		run() {
			letters.on = !letters.on;
			toast(t(letters.on ? 'letters.on' : 'letters.off'));
		},
	},
	{ id: 'password', group: 'desk', run: changePassword },
	{ id: 'sign_out', group: 'desk', run: () => emit('sign_out') },
);

