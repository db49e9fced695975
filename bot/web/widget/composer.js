import { el, icon, t } from './dom.js';

const ACCEPT = 'image/jpeg,image/png,image/webp';
const SIDE = 1600; // shows damage, light enough for a phone's network

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

export function composer(conversation) {
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
