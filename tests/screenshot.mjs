/* screenshot.mjs ADDRESS FILE: what a page looks like, for README. */
import { openBrowser } from "./browser/site.mjs";

const [address, file] = process.argv.slice(2);
const browser = await openBrowser();

try {
	const page = await browser.newPage({
		viewport: { width: 1280, height: 800 },
	});

	await page.goto(address);
	await page.screenshot({ path: file });
} finally {
	await browser.close();
}
