/* forms.mjs – filling in and sending forms with scripts switched off, as an old telephone would. */

/* The first form with a password: name, password, the button. Faults, as everywhere. */
export async function signIn(context, url, login, password) {
	const page = await context.newPage();
	try {
		await page.goto(url);
		const form = page.locator('form:has(input[type=password])').first();
		await form.locator('input:not([type=hidden]):not([type=password])').first().fill(login);
		await form.locator('input[type=password]').fill(password);
		const [answer] = await Promise.all([page.waitForNavigation(), form.locator('button, input[type=submit]').first().click()]);
		const again = await page.locator('input[type=password]').count();
		return answer.status() < 400 && again === 0 ? [] : [`${answer.status()} at ${page.url()}`];
	} catch (e) {
		return [`${url}: ${String(e).split('\n')[0]}`];
	} finally {
		await page.close();
	}
}

async function fill(form, name, value) {
	const field = form.locator(`[name="${name}"]`).first();
	const tag = await field.evaluate((e) => `${e.tagName} ${e.type}`);
	if (tag.startsWith('SELECT')) await field.selectOption(String(value));
	else if (/checkbox|radio/.test(tag)) await form.locator(`[name="${name}"][value="${value}"]`).check();
	else await field.fill(String(value));
}

/* form: {path, selector, fill: {name: value}, button, expect: {status, path, selector, kept: {name: value}}} */
export async function submitForm(context, base, form, lang) {
	const page = await context.newPage();
	const want = form.expect ?? {};
	const faults = [];
	try {
		await page.goto(base + form.path.replace('{lang}', lang));
		const box = page.locator(form.selector ?? 'main form').first();
		for (const [name, value] of Object.entries(form.fill ?? {})) await fill(box, name, value);
		const button = box.locator(form.button ?? 'button, input[type=submit]').first();
		const [answer] = await Promise.all([page.waitForNavigation(), button.click()]);
		if (answer.status() !== (want.status ?? 200)) faults.push(`answers ${answer.status()}`);
		if (want.path && !new URL(page.url()).pathname.match(want.path.replace('{lang}', lang)))
			faults.push(`stands at ${page.url()}`);
		if (want.selector && await page.locator(want.selector).count() === 0) faults.push(`no ${want.selector}`);
		for (const [name, value] of Object.entries(want.kept ?? {})) {
			const is = await page.locator(`[name="${name}"]`).first().inputValue();
			if (is !== value) faults.push(`${name} holds "${is}" instead of "${value}"`);
		}
	} catch (e) {
		faults.push(`${form.path}: ${String(e).split('\n')[0]}`);
	} finally {
		await page.close();
	}
	return faults;
}
