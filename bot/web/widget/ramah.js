import { conversationOn } from './conversation.js';
import { button, el, icon, loadWords, t } from './dom.js';
import { logOf, nameOf } from './log.js';

const ACCEPT = 'image/jpeg,image/png,image/webp';
const SIDE = 1600; // shows damage, is light to send

/** The JPEG (base64) to send; nothing where the server would refuse the file. */
async function prepare(file) {
	if (!ACCEPT.includes(file.type) || file.size > 8 * 2 ** 20) return;
	const picture = await createImageBitmap(file).catch(() => ({}));
	const { width, height } = picture;
	if (!(width * height <= 4e7)) return;
	const scale = Math.min(1, SIDE / Math.max(width, height));
	const canvas = el('canvas', { width: width * scale, height: height * scale });
	canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
	return canvas.toDataURL('image/jpeg', 0.85).split(',')[1];
}

function composer(conversation) {
	const note = el('p.error', { role: 'status' });
	const file = el('input', { type: 'file', accept: ACCEPT, hidden: true });
	const input = el('textarea', { rows: 1, maxLength: 2000, ariaLabel: t('hint'), placeholder: t('hint'), value: conversation.draft('text') ?? '' });
	const pick = () => file.click();
	const camera = el('button.round', { type: 'button', ariaLabel: t('photo'), onclick: pick }, icon('photo'));
	const node = el('form.composer', note, camera, file, input, el('button.round.go', { ariaLabel: t('send') }, icon('send')));

	input.oninput = () => {
		input.style.height = 0;
		input.style.height = `${input.scrollHeight}px`;
		note.textContent = input.value.length < 2000 ? '' : t('long');
		conversation.setDraft('text', input.value || null);
		if (input.value) conversation.writing();
	};
	input.onkeydown = (event) => {
		if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
		event.preventDefault();
		node.requestSubmit();
	};
	node.onsubmit = (event) => {
		event.preventDefault();
		const text = input.value.trim();
		if (text) conversation.outbox.add({ text });
		input.value = '';
		input.oninput();
		input.focus();
	};
	file.onchange = async () => {
		const image = await prepare(file.files[0]);
		file.value = '';
		note.textContent = image ? '' : t('photo.wrong');
		if (image) conversation.outbox.add({ text: t('photo'), image });
	};
	return { node, input, pick };
}

const small = matchMedia('(max-width: 640px)');

/** The button and the chat it opens; it fills a small screen. */
function panelOf(conversation, heading, locale, server) {
	const { node: write, input, pick } = composer(conversation);
	const log = logOf(conversation, { locale, server, pickPhoto: pick });
	const badge = el('span.badge');
	const launcher = button('launcher', () => (dialog.open ? close() : open(true)), icon('chat'), badge);
	const owner = el('p.owner');
	const strip = el('p.strip', { role: 'status' });
	const typing = el('p.typing', { role: 'status' });
	const closer = button('round', close, icon('close'), { ariaLabel: t('close') });
	const head = el('div.bar', el('div.grow', el('h2', { id: 'title' }, heading ?? t('heading')), owner), closer);
	const dialog = el('dialog', { 'aria-labelledby': 'title' }, head, strip, log.list, typing, write);

	function open(focus) {
		if (!small.matches) dialog.open = true;
		else if (!dialog.open) dialog.showModal();
		fit();
		update();
		log.toEnd();
		if (focus) input.focus();
	}

	function close() {
		dialog.close();
		launcher.focus();
	}

	// A phone's keyboard covers the page without making it smaller.
	function fit() {
		const { height, offsetTop } = visualViewport;
		const full = small.matches && dialog.open;
		const pixels = (size) => (full ? `${size}px` : '');
		Object.assign(dialog.style, { height: pixels(height), top: pixels(offsetTop) });
		document.documentElement.style.overflow = full ? 'hidden' : '';
	}

	function update() {
		if (dialog.open && !document.hidden && conversation.unread) conversation.seen();
		log.update();
		const { owner: by, live, unread: n, begun, typing: who, news = '', keep } = conversation;
		// Read out only when it changes.
		const put = (node, text) => node.textContent === text || (node.textContent = text);
		put(badge, n ? `${n}` : '');
		put(owner, t(`owner.${by.kind}`, { name: by.name ?? t('agent') }));
		put(strip, live || !begun ? '' : t('offline'));
		put(typing, who ? t('typing', { name: nameOf(who) }) : news);
		launcher.ariaLabel = n ? t('unread', { n }) : t('launcher');
		launcher.ariaExpanded = dialog.open;
		document.title = (n ? `(${n}) ` : '') + document.title.replace(/^\(\d+\) /, '');
		if (begun && dialog.open) keep.set('open', 1);
	}

	dialog.onkeydown = (event) => {
		if (event.key === 'Escape') close(event.preventDefault());
	};
	dialog.onclose = () => {
		conversation.keep.set('open');
		fit();
		update();
	};
	small.onchange = () => dialog.open && open(dialog.close());
	visualViewport.onresize = visualViewport.onscroll = fit;
	document.addEventListener('visibilitychange', update);
	return { launcher, dialog, open, update, ended: log.clear };
}

/** How a shop uses it: docs/widget.md. */
class RamahChat extends HTMLElement {
	#ready;

	connectedCallback() {
		this.#ready ??= this.#start();
	}

	async open() {
		(await this.#ready).open(true);
	}

	/** Says `text` for the shopper. */
	async ask(text) {
		await this.open();
		this.conversation.outbox.add({ text });
	}

	/** At log-in and log-out: the next shopper is another. */
	async forget() {
		await this.#ready;
		this.conversation.forget();
	}

	async #start() {
		const root = this.attachShadow({ mode: 'open' });
		const server = new URL(this.getAttribute('server') ?? '/', import.meta.url).href.replace(/\/$/, '');
		const locale = this.getAttribute('locale') ?? (document.documentElement.lang || navigator.language);
		const style = el('link', { rel: 'stylesheet', href: new URL('ramah.css', import.meta.url) });
		root.append(style);
		await new Promise((done) => (style.onload = style.onerror = done));
		const lang = await loadWords(locale);
		let panel;
		this.conversation = conversationOn(server, {
			changed: () => panel.update(),
			ended: (expired) => panel.ended(expired),
			opening: async () => {
				const { customerToken: given } = this;
				return { locale, customer_token: typeof given === 'function' ? await given() : given };
			},
		});
		panel = panelOf(this.conversation, this.getAttribute('heading'), locale, server);
		root.append(el('div.root', { lang }, panel.launcher, panel.dialog));
		this.conversation.start();
		if (this.conversation.begun && this.conversation.keep.get('open')) panel.open();
		return panel;
	}
}

customElements.define('ramah-chat', RamahChat);
