import { keysOf, run, shown } from './actions.js';
import { api, of } from './api.js';
import { MINE } from './conversation_actions.js';
import { button, el, icon, put } from './dom.js';
import { say } from './outbox.js';
import { ACCEPT, prepare } from './photo.js';
import { popover } from './popover.js';
import { can, conversation, draft, on, setDraft, state } from './state.js';
import { suggestionBar } from './suggestion.js';
import { findAgent, findCanned, missing, replies } from './templates.js';
import { attempt } from './toast.js';
import { t } from './words.js';

const LONGEST = { reply: 5000, note: 4000, whisper: 4000 };
const TYPING_EVERY = 3000; // milliseconds
const coarse = matchMedia('(pointer: coarse)');

export function composer(stream) {
	let mode = 'reply';
	let typed = 0;

	const input = el('textarea', { rows: 2, id: 'write' });
	const label = el('label.hidden', { htmlFor: 'write' });
	const status = el('p.compose-status', { role: 'status' });
	const file = el('input', { type: 'file', accept: ACCEPT, hidden: true });
	const modes = ['reply', 'note', 'whisper'].map((one) => [one, button('', () => become(one), t(`mode.${one}`), keysOf(one) && el('kbd', { ariaHidden: 'true' }, shown(keysOf(one))))]);
	const attach = button('icon-button', () => file.click(), { ariaLabel: t('action.photo'), title: t('action.photo') }, icon('photo'));
	const slash = button('icon-button', openCanned, { ariaLabel: t('action.canned'), title: t('action.canned') }, el('b', '/'));
	const send = el('button.main', { type: 'submit' }, el('span'), icon('send'));
	const blocked = el('div.blocked', el('span.grow'), button('main', () => run('claim'), t('action.claim')));
	const list = popover(input, (before) => (mode === 'reply' ? findCanned(before) : mode === 'note' ? findAgent(before) : null), insert);
	const suggested = suggestionBar((text) => put_in(text));
	const box = el('div.compose-box', label, input, list.node);
	const bar = el('div.compose-bar', attach, slash, file, status, send);
	const node = el('form.composer', blocked, suggested.node, el('div.modes', { role: 'group', ariaLabel: t('modes') }, modes.map(([, each]) => each)), box, bar);

	const mine = () => MINE(conversation());
	const possible = { reply: mine, note: () => can('note'), whisper: () => can('supervise') && conversation()?.owner.kind === 'agent' && !mine() };

	function become(wanted, focus = true) {
		const allowed = ['reply', 'note', 'whisper'].filter((one) => conversation() && possible[one]());
		mode = allowed.includes(wanted) ? wanted : (allowed[0] ?? 'note');
		node.dataset.mode = mode;
		for (const [one, each] of modes) {
			each.hidden = one === 'whisper' && !allowed.includes(one);
			each.disabled = !allowed.includes(one);
			each.ariaPressed = one === mode;
		}
		input.value = state.open ? draft(state.open, mode) : '';
		input.disabled = !allowed.length;
		input.maxLength = LONGEST[mode];
		input.placeholder = label.textContent = t(`hint.${mode}`);
		send.firstChild.textContent = t(`send.${mode}`);
		attach.hidden = slash.hidden = mode !== 'reply';
		fit();
		warn();
		suggested.show(mode === 'reply' && mine());
		if (focus) input.focus();
	}

	/** Who may not answer is told why, and what they can do. */
	function block() {
		const one = conversation();
		blocked.hidden = !one || mine() || !can('answer');
		if (blocked.hidden) return;
		const waits = one.owner.kind === 'queue' && one.status === 'open';
		put(blocked.firstChild, one.status !== 'open' ? t(`blocked.${one.status}`) : t(`blocked.${one.owner.kind}`, { name: one.owner.name ?? t('agent') }));
		blocked.lastChild.hidden = !waits;
	}

	function fit() {
		input.style.height = 'auto';
		input.style.height = `${Math.min(input.scrollHeight + 2, innerHeight / 3)}px`;
	}

	function warn(text = '') {
		const gap = mode === 'reply' && missing(input.value);
		put(status, text || (gap ? t('compose.missing', { name: gap[0] }) : input.value.length >= LONGEST[mode] ? t('compose.long') : ''));
		status.classList.toggle('bad', !!status.textContent);
	}

	function changed() {
		setDraft(state.open, mode, input.value);
		fit();
		warn();
		suggested.show(mode === 'reply' && mine() && !input.value);
		if (mode === 'reply' && input.value && !input.value.startsWith('/') && Date.now() - typed > TYPING_EVERY) {
			typed = Date.now();
			stream()?.send({ type: 'typing', conversation_id: state.open });
		}
	}

	function select() {
		const gap = missing(input.value);
		if (gap) input.setSelectionRange(gap.index, gap.index + gap[0].length);
		return !!gap;
	}

	function put_in(text) {
		become('reply');
		input.value = text;
		changed();
		select();
	}

	function insert(hit, typed_) {
		const end = input.selectionStart;
		input.setRangeText(hit.text, end - typed_.length, end, 'end');
		changed();
		if (mode === 'reply') select();
	}

	function openCanned() {
		input.focus();
		if (!input.value.endsWith('/')) input.setRangeText(input.value && !/\s$/.test(input.value) ? ' /' : '/', input.value.length, input.value.length, 'end');
		changed();
		list.look();
	}

	function submit(event, sure = false) {
		event.preventDefault();
		const text = input.value.trim();
		if (!text || !possible[mode]()) return;
		if (mode === 'reply' && !sure && /^\/\S*$/.test(text)) return warn(t('compose.slash')); // meant for the canned replies
		if (mode === 'reply' && !sure && select()) return warn();
		input.value = '';
		changed();
		say({ conversation_id: state.open, kind: mode, text });
		input.focus();
	}

	input.onfocus = () => mode === 'reply' && replies(); // so that `/` finds at once
	input.oninput = () => (changed(), list.look());
	input.onkeydown = (event) => {
		if (list.key(event) || event.isComposing) return;
		const plain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
		if (event.key === 'Tab' && plain && !input.value && suggested.use()) event.preventDefault();
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event, true);
		else if (event.key === 'Enter' && plain && !coarse.matches) submit(event);
	};
	node.onsubmit = submit;
	file.onchange = async () => {
		const id = state.open;
		const image = file.files[0] && (await prepare(file.files[0]));
		file.value = '';
		if (!image) return warn(t('photo.wrong'));
		await attempt(async () => {
			const { photo_id } = await api.upload(of(id, 'photos'), image);
			say({ conversation_id: id, kind: 'reply', photo: photo_id });
		});
	};

	on('open', () => become('reply', false));
	on('summary', () => {
		block();
		const fits = possible[mode]() && (mode !== 'note' || draft(state.open, 'note') || !mine() || document.activeElement === input);
		if (!fits) become('reply', document.activeElement === input);
		else become(mode, document.activeElement === input);
	});
	on('compose', (wanted) => {
		block();
		if (typeof wanted === 'string') return become(wanted);
		setDraft(state.open, wanted.mode, [draft(state.open, wanted.mode), wanted.text].filter(Boolean).join('\n'));
		become(wanted.mode);
	});
	on('suggestion', () => suggested.use());
	on('canned', openCanned);
	on('photo', () => file.click());
	return { node };
}
