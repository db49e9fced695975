import { el, icon, t } from './dom.js';

const SIDE = 1600; // pixels: shows damage, and is light enough for a phone's network

/** Checks a chosen file and makes the JPEG (base64) to send; throws a sentence for the shopper. */
async function prepare(file) {
  const no = (why) => {
    throw new Error(t(`photo.${why}`));
  };
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) no('type');
  if (file.size > 8 * 2 ** 20) no('size');
  const picture = await createImageBitmap(file).catch(() => no('type'));
  const { width, height } = picture;
  if (width * height > 4e7) no('pixels');
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const canvas = el('canvas', { width: width * scale, height: height * scale });
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', 0.85).split(',')[1];
}

/** Where the shopper writes, and the camera button. */
export function composer(conversation) {
  const note = el('p.error', { role: 'status' });
  const file = el('input', { type: 'file', accept: 'image/jpeg,image/png,image/webp', hidden: true });
  const input = el('textarea', { rows: 1, maxLength: 2000, placeholder: t('hint'), 'aria-label': t('write'), value: conversation.draft('text') ?? '' });
  const pick = () => file.click();
  const camera = el('button.round', { type: 'button', 'aria-label': t('photo'), onclick: pick }, icon('photo'));
  const node = el('form.composer', note, camera, file, input, el('button.round.go', { 'aria-label': t('send') }, icon('send')));

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
    note.textContent = '';
    try {
      conversation.outbox.add({ text: t('photo'), image: await prepare(file.files[0]) });
    } catch ({ message }) {
      note.textContent = message;
    }
    file.value = '';
  };
  return { node, input, pick };
}
