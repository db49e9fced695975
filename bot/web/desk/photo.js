import { el } from './dom.js';

export const ACCEPT = 'image/jpeg,image/png,image/webp';
const SIDE = 1600; // pixels: shows damage, light enough for a phone's network
const MOST = 8 * 2 ** 20;

/** The JPEG to send; nothing where the server would refuse the file. */
export async function prepare(file) {
	if (!ACCEPT.split(',').includes(file.type) || file.size > MOST) return null;
	const picture = await createImageBitmap(file).catch(() => null);
	if (!picture || picture.width * picture.height > 4e7) return null;
	const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
	const canvas = el('canvas', { width: picture.width * scale, height: picture.height * scale });
	canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
	return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
}
