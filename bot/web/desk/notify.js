import { openConversation } from './route.js';
import { nameOf } from './row.js';
import { can, choice, on, state } from './state.js';
import { toast } from './toast.js';
import { t } from './words.js';

/** Desktop notifications and a sound: off until the agent wants them. */
const wanted = () => choice.get('notify', false);
let audio = null;
const FRESH = 60_000; // milliseconds: who waits for longer is no news

async function toggle() {
	const on_ = !wanted();
	if (on_ && 'Notification' in window && Notification.permission === 'default') await Notification.requestPermission();
	choice.set('notify', on_);
	if (on_) sound();
	toast(t(on_ ? ('Notification' in window && Notification.permission === 'granted' ? 'notify.on' : 'notify.sound') : 'notify.off'));
	overlay.changed?.();
}

/** Two short tones, the second higher. */
function sound() {
	audio ??= new AudioContext();
	[660, 880].forEach((pitch, at) => {
		const [tone, loud] = [audio.createOscillator(), audio.createGain()];
		const begins = audio.currentTime + at * 0.14;
		tone.frequency.value = pitch;
		loud.gain.setValueAtTime(0.0001, begins);
		loud.gain.exponentialRampToValueAtTime(0.12, begins + 0.02);
		loud.gain.exponentialRampToValueAtTime(0.0001, begins + 0.13);
		tone.connect(loud).connect(audio.destination);
		tone.start(begins);
		tone.stop(begins + 0.15);
	});
}

const inSight = (id) => id && id === state.open && !document.hidden;

/** Something this agent should know; while they look at that conversation they see it there. */
export function tell(text, id) {
	if (inSight(id)) return;
	toast(text, 'news', id && { name: t('action.open'), run: () => openConversation(id) });
	ring(text, id);
}

/** By ear, and on the desktop while they are elsewhere. */
function ring(text, id) {
	if (!wanted() || inSight(id)) return;
	sound();
	if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return;
	const shown = new Notification(t('title'), { body: text, tag: id ?? 'desk', icon: '/desk/icon.svg' });
	shown.onclick = () => {
		window.focus();
		if (id) openConversation(id);
		shown.close();
	};
}

/** A shopper answers this agent, or somebody new waits; the list shows it, so nothing pops up in the page. */
export function startNews() {
	const told = new Map(); // conversation to the moment of its last news: the list may have shown it before this hears of it
	on('changed', ({ before, now }) => {
		if (!state.live || !can('answer')) return;
		const { id, owner, unread, last_message: last } = now;
		const answers = owner.id === state.me.id && unread > 0 && last?.author.kind === 'shopper';
		const waits = owner.kind === 'queue';
		const at = answers ? now.last_message_at : waits ? now.waiting_since : null;
		const returned = waits && before && before.owner.kind !== 'queue';
		if (!at || (!returned && (told.get(id) === at || Date.now() - new Date(at) > FRESH))) return;
		told.set(id, at);
		ring(answers ? t('news.answer', { name: nameOf(now), text: last.text }) : t('news.waits', { name: nameOf(now) }), id);
	});
}

export const overlay = { toggle, wanted, changed: null };

/** How many wait, in the tab's title. */
export function startTitle() {
	const draw = () => {
		const n = (state.counts.queue ?? 0) + [...state.known.values()].filter((one) => one.unread && one.owner.id === state.me.id).length;
		document.title = (n ? `(${n}) ` : '') + t('title');
	};
	['counts', 'list'].forEach((event) => on(event, draw));
	draw();
}
