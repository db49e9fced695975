import { keysOf, run, shown } from './actions.js';
import { presence } from './desk_actions.js';
import { button, el, icon, iconButton, put } from './dom.js';
import { overlay } from './notify.js';
import { isPage, PAGES } from './route.js';
import { can, on, state } from './state.js';
import { LANGUAGES, language, speak, t } from './words.js';

const SHAPES = { queue: 'inbox', search: 'search', overview: 'gauge', audit: 'note', people: 'people' };

function pages() {
	const node = el('nav.pages', { ariaLabel: t('pages') });
	const places = ['queue', ...Object.keys(PAGES).filter((page) => can(PAGES[page]))];
	const draw = () =>
		node.replaceChildren(
			...places.map((place) => {
				const current = state.place === place || (place === 'queue' && !isPage());
				return el('a', { href: `#/${place}`, ...(current && { 'aria-current': 'page' }) }, icon(SHAPES[place]), el('span', t(`page.${place}`)));
			}),
		);
	on('place', draw);
	draw();
	return node;
}

function presenceButton() {
	const node = button('presence-button', () => presence(state.me.presence === 'online' ? 'away' : 'online'), { 'aria-keyshortcuts': 'Shift+A' });
	const draw = () => {
		const is = state.me.presence === 'online';
		node.className = `presence-button ${is ? 'online' : 'away'}`;
		node.ariaPressed = is;
		put(node, icon(is ? 'check' : 'clock'), el('span', t(`presence.${is ? 'online' : 'away'}`)));
		node.title = t(is ? 'presence.go_away' : 'presence.go_online');
	};
	on('agents', draw);
	draw();
	return node;
}

/** The agent's own: name, language, how it looks, password, out. */
function own() {
	const tongue = el('select', { id: 'tongue', onchange: () => speak(tongue.value) }, Object.entries(LANGUAGES).map(([value, label]) => el('option', { value, selected: value === language, lang: value }, label)));
	const act = (id) => button('', () => ((node.open = false), run(id)), t(`action.${id}`), keysOf(id) && el('kbd', { ariaHidden: 'true' }, shown(keysOf(id))));
	const menu = el('div.menu', el('p', el('b', state.me.name), el('small', `${t(`role.${state.me.role}`)} · ${state.me.email ?? ''}`)), el('div.field.inline', el('label', { htmlFor: 'tongue' }, t('page.language')), tongue), ['scheme', 'notifications', 'letters', 'help', 'password', 'sign_out'].map(act));
	const node = el('details.own', el('summary', { ariaLabel: t('own', { name: state.me.name }), title: state.me.name }, el('span.initials', { ariaHidden: 'true' }, state.me.name.slice(0, 1).toUpperCase())), menu);
	node.onkeydown = (event) => {
		if (event.key !== 'Escape' || !node.open) return;
		event.stopPropagation();
		node.open = false;
		node.firstChild.focus();
	};
	document.addEventListener('click', (event) => node.contains(event.target) || (node.open = false));
	return node;
}

export function topbar() {
	const bell = iconButton('mute', '', overlay.toggle);
	const drawBell = () => {
		const is = overlay.wanted();
		bell.replaceChildren(icon(is ? 'bell' : 'mute'));
		bell.ariaLabel = bell.title = t(is ? 'notify.is_on' : 'notify.is_off');
		bell.ariaPressed = is;
	};
	overlay.changed = drawBell;
	drawBell();
	const offline = el('p.lost', { role: 'status' });
	on('live', (live) => put(offline, live ? '' : [icon('alert'), t('offline')]));
	const command = button('command', () => run('palette'), icon('command'), el('span', t('palette')), el('kbd', { ariaHidden: 'true' }, 'Ctrl K'));
	command.ariaLabel = t('palette');
	return [el('header.topbar', el('a.brand', { href: '#/queue', ariaLabel: state.desk.name ?? t('title') }, icon('team'), el('b', state.desk.name ?? t('title'))), pages(), el('span.grow'), command, iconButton('info', t('action.help'), () => run('help'), { className: 'icon-button help-button' }), bell, presenceButton(), own()), offline];
}
