/* type.js – a sound when a code is not right, at once and without asking the server. The page works without.
 * The check digit is the same as in src/mod/sheet/sheet_code.c. */
(() => {
	'use strict';
	const damm = ['0317598642', '7092154863', '4206871359', '1750983426', '6123045978', '3674209581', '5869720134',
		'8945362017', '9438617205', '2581436790'];
	const field = document.getElementById('f-code');
	const box = document.getElementById('typing');

	function beep() {
		try {
			const sound = new AudioContext();
			const tone = sound.createOscillator();
			const loud = sound.createGain();
			tone.type = 'square';
			tone.frequency.value = 220;
			loud.gain.value = 0.15;
			tone.connect(loud).connect(sound.destination);
			tone.start();
			tone.stop(sound.currentTime + 0.25);
			tone.onended = () => sound.close();
		} catch { /* no sound device: the words are there */ }
	}

	function right(code) {
		const sheet = field.dataset.sheet;
		const width = Number(field.dataset.rows) > 99 ? 4 : 3;
		const digits = code.startsWith(`${sheet}-`) ? code.slice(sheet.length + 1) : code;
		if (!/^\d+$/.test(digits) || digits.length !== width) return false;
		return [...(sheet + digits)].reduce((state, d) => Number(damm[state][d]), 0) === 0;
	}

	function say(text) {
		let note = document.getElementById('code-e');
		if (!note) {
			note = document.createElement('span');
			note.id = 'code-e';
			note.className = 'err';
			note.setAttribute('role', 'alert');
			field.before(note);
		}
		note.textContent = text;
		field.setAttribute('aria-invalid', 'true');
		field.parentElement.classList.add('bad');
	}

	if (box?.dataset.beep) beep();
	if (!field) return;
	field.addEventListener('focus', () => field.select());
	field.form.addEventListener('submit', (e) => {
		const code = field.value.trim().replace(/^[-+/*]/, '');
		if (right(code)) return;
		e.preventDefault();
		beep();
		say(field.dataset.wrong);
		field.select();
	});
})();
