// Does in Chromium what people do with the page, and holds it to what is promised: see run.py.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import path from "node:path";

const asked = JSON.parse(process.argv[2]);
const require = createRequire(path.join(asked.modules, "index.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const browser = await chromium.launch({ executablePath: asked.browser, args: ["--no-sandbox"] });

/** A page of the report, open; whatever goes wrong in it is put down. */
async function opened(name, options = {}, hash = "") {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.stack}`));
  page.on("dialog", (dialog) => {
    wrong.push("dialog");
    dialog.dismiss();
  });
  context.on("request", (request) => {
    if (!request.url().startsWith("file:") || request.resourceType() !== "document")
      wrong.push(`request: ${request.url().slice(0, 80)}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error("violation", event.violatedDirective, event.sourceFile),
    );
  });
  await page.goto(pathToFileURL(asked.pages[name]).href + hash);
  if (name !== "comparison") await page.waitForSelector("html[data-ready]", { state: "attached", timeout: 60000 });
  return {
    page,
    wrong,
    close: async () => {
      assert.deepEqual(wrong, [], name);
      await context.close();
    },
  };
}

const isInSight = (locator) =>
  locator.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return box.top < innerHeight && box.bottom > 0;
  });

async function serious(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
  );
  return violations
    .filter((one) => ["serious", "critical"].includes(one.impact))
    .map((one) => `${one.id}: ${one.nodes.length} x ${one.nodes[0].html.slice(0, 160)} ${one.nodes[0].failureSummary}`);
}

const checks = {
  async "the real sheet: size, time, the answer first"() {
    assert.ok(statSync(asked.pages.real).size < 1_500_000);
    const { page, close } = await opened("real");
    const ready = Number(await page.locator("html").getAttribute("data-ready"));
    console.log(`  ${statSync(asked.pages.real).size} bytes, ready ${ready} ms after it was opened`);
    assert.match(await page.locator("main .verdict").first().textContent(), /13/);
    assert.equal(await page.locator(".must").count(), 13);
    assert.equal(await page.locator(".sheet .badge").count(), 258);
    assert.ok((await page.locator(".entry").count()) >= 199);
    await close();
  },
  async "filters hold for the sheet and the list"() {
    const { page, close } = await opened("real");
    const told = page.locator(".filters .told").first();
    await page.locator(".choice.info input").uncheck();
    assert.match(await told.textContent(), /111/);
    assert.equal(await page.locator(".sheet .badge.info").count(), 0);
    assert.equal(await page.locator(".sheet .badge").count(), 111);
    await page.locator("select[name=rule]").selectOption("GC304");
    assert.match(await told.textContent(), /^\D*1\D/);
    await page.locator("form.filters button").first().click();
    await page.locator("input[type=search]").fill("1010%");
    assert.match(await told.textContent(), /^\D*1\D/);
    await page.locator("input[type=search]").fill("nothing of the kind");
    assert.equal(await page.locator(".sheet .badge").count(), 0);
    assert.ok(
      await page
        .locator(".aside", { hasText: /\S/ })
        .filter({ hasNot: page.locator("[hidden]") })
        .count(),
    );
    await page.locator("form.filters button").first().click();
    await page.locator("select[name=project]").selectOption({ index: 3 });
    const number = Number((await told.textContent()).match(/\d+/)[0]);
    assert.ok(number > 0 && number < 30);
    await close();
  },
  async copying() {
    const { page, close } = await opened("real");
    const note = page.locator(".note", { has: page.locator("ins") }).first();
    await note.locator(".copy").click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await note.locator("ins").textContent());
    assert.match(await page.locator("[role=status]").textContent(), /\S/);
    await close();
  },
  async "jumping there and back, by mouse and by keyboard, and by the address"() {
    const { page, close } = await opened("real");
    await page.locator(".must .number").nth(5).click();
    const mark = page.locator(":focus");
    assert.match(await mark.getAttribute("id"), /^f0-m\d+$/);
    assert.ok(await isInSight(mark));
    await page.keyboard.press("Enter");
    assert.match(await page.locator(":focus").getAttribute("id"), /^f0-n\d+$/);
    await page.locator("mark.info").first().click();
    assert.ok(await page.locator("details.info[open] .note:focus").count());
    await page.goBack();
    await page.locator(".strip").click({ position: { x: 400, y: 20 } });
    assert.match(await page.locator(":focus").getAttribute("id"), /^f0-r\d+$/);
    await close();
    const other = await opened("real", {}, "#f0-n258");
    assert.equal(await other.page.locator(":focus").getAttribute("id"), "f0-n258");
    assert.ok(await isInSight(other.page.locator("#f0-n258")));
    await other.close();
  },
  async "the strip ends where the sheet does, and not with worksheets that were passed over"() {
    for (const [name, last] of [
      ["passed", "第35行"],
      ["tables", "表2 第35行"],
    ]) {
      const { page, close } = await opened(name);
      assert.equal(await page.locator(".strip-ends span").last().textContent(), last);
      const box = await page.locator(".strip").boundingBox();
      await page.locator(".strip").click({ position: { x: box.width - 3, y: 5 } });
      assert.match(await page.locator(":focus").textContent(), /35|填表人/);
      await close();
    }
  },
  async "everything is reached by the keyboard"() {
    const { page, close } = await opened("form");
    await page.keyboard.press("Tab");
    assert.equal(await page.locator(":focus").getAttribute("class"), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(":focus").getAttribute("id"), "main");
    const seen = new Set();
    for (let at = 0; at < 60; at += 1) {
      await page.keyboard.press("Tab");
      seen.add(
        await page.evaluate(
          () => document.activeElement.className || document.activeElement.type || document.activeElement.tagName,
        ),
      );
    }
    for (const wanted of ["number", "checkbox", "search", "badge error"])
      assert.ok(seen.has(wanted), `${wanted} in ${[...seen]}`);
    await close();
  },
  async "a rule is one click away, and closes again"() {
    const { page, close } = await opened("real");
    await page.locator(".note .rule").first().click();
    const dialog = page.getByRole("dialog");
    assert.match(await dialog.textContent(), /GC110/);
    assert.ok((await dialog.locator("pre").count()) >= 2);
    assert.deepEqual(await serious(page), []);
    await page.keyboard.press("Escape");
    assert.equal(await dialog.count(), 0);
    assert.match(await page.locator(":focus").getAttribute("class"), /rule/);
    await page.locator(".note .rule").first().click();
    await dialog.locator(".buttons button").first().click();
    assert.match(await page.locator(".filters .told").first().textContent(), /^\D*1\D/);
    await close();
  },
  async "the list in its orders"() {
    const { page, close } = await opened("real");
    for (const name of ["rule", "severity", "row", "project"]) {
      await page.locator(`input[value=${name}]`).check();
      await page.locator("#f0-list").scrollIntoViewIfNeeded();
      await page.waitForSelector(".findings .note");
      assert.ok((await page.locator(".findings .note").count()) > 10, name);
    }
    await close();
  },
  async "the sums"() {
    const { page, close } = await opened("real");
    assert.equal(await page.locator(".sum.v-wrong").count(), 3);
    assert.equal((await page.locator(".sum.v-wrong .drawn svg").count()) >= 3, true);
    assert.match(await page.locator("#f0-sums").textContent(), /3,?118\.77/);
    await page.locator(".sum.v-exact > summary").first().click();
    await page.locator(".sum.v-exact .sum.v-exact > summary").first().click();
    await page.locator(".sum.v-exact .sum.v-exact .terms").first().waitFor();
    await close();
    const form = await opened("form");
    assert.match(await form.page.locator(".sum.v-wrong .terms").first().textContent(), /财政拨款/);
    assert.doesNotMatch(await form.page.locator("#f0-sums").textContent(), /appropriation|other/);
    await form.close();
  },
  async "several files: a list that leads to each, and back"() {
    const { page, close } = await opened("several");
    assert.equal(await page.locator(".matrix tbody tr").count(), 200);
    await page.locator("#all-files input[type=search]").fill("020");
    assert.equal(await page.locator(".matrix tbody tr").count(), 1);
    await page.locator(".matrix a").click();
    await page.locator(".sheet .badge").first().waitFor();
    assert.match(await page.locator("h1").textContent(), /020\.txt$/);
    await page.locator("nav a.back").click();
    await page.locator(".matrix").waitFor();
    await page.goBack();
    await page.locator(".sheet").waitFor();
    await close();
    const other = await opened("folder");
    assert.deepEqual(await serious(other.page), []);
    await other.close();
  },
  async "sheets made to break out are text"() {
    const { page, close } = await opened("hostile");
    for (const hash of ["#all", "#f0"]) {
      await page.evaluate((to) => {
        location.hash = to;
      }, hash);
      await page.waitForTimeout(300);
      assert.equal(await page.evaluate(() => window.hit), undefined);
      assert.equal(await page.locator("img").count(), 0);
      assert.equal(await page.locator("script:not([type])").count(), 0);
      assert.equal(await page.locator("b b, a[href^=javascript]").count(), 0);
    }
    assert.match(await page.locator(".sheet").textContent(), /<img src=x onerror=/);
    await page.locator("input[type=search]").fill("<img");
    assert.ok((await page.locator(".sheet .badge").count()) > 0);
    await close();
  },
  async "twenty thousand findings can be used"() {
    const { page, close } = await opened("large");
    const ready = Number(await page.locator("html").getAttribute("data-ready"));
    const told = page.locator(".filters .told").first();
    const number = Number((await told.textContent()).match(/\d+/)[0]);
    assert.ok(number >= 20_000, `${number}`);
    const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
    assert.ok(nodes < 30_000, `${nodes} elements`);
    const spent = await page.evaluate(async () => {
      const started = performance.now();
      const box = document.querySelector(".choice.info input");
      box.click();
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      return Math.round(performance.now() - started);
    });
    console.log(
      `  ${statSync(asked.pages.large).size} bytes, ${number} findings, ready in ${ready} ms, ${nodes} elements; a filter takes ${spent} ms`,
    );
    await page.locator("form.filters button").first().click();
    await page.evaluate(() => {
      location.hash = "f0-n15001";
    });
    await page.locator("#f0-n15001").waitFor({ state: "attached" });
    await page.waitForTimeout(200);
    assert.equal(await page.locator(":focus").getAttribute("id"), "f0-n15001");
    assert.ok(await isInSight(page.locator("#f0-n15001")));
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await page.waitForTimeout(300);
    assert.ok((await page.evaluate(() => document.querySelectorAll("*").length)) < 40_000);
    await close();
  },
  async "a phone, 200 %, dark: nothing overflows, nothing serious"() {
    for (const name of ["real", "form", "workbook", "folder", "sound"]) {
      for (const [kind, options] of Object.entries(LOOKS)) {
        const { page, close } = await opened(name, options);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${name} ${kind} is ${over} pixels too wide`);
        if (name !== "real" || kind !== "zoom") assert.deepEqual(await serious(page), [], `${name} ${kind}`);
        await close();
      }
    }
  },
  async "a comparison: nothing overflows, nothing serious, all is text"() {
    for (const [kind, options] of Object.entries(LOOKS)) {
      const { page, close } = await opened("comparison", options);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${kind} is ${over} pixels too wide`);
      assert.deepEqual(await serious(page), [], kind);
      assert.equal(await page.locator("img, script").count(), 0);
      assert.match(await page.locator("main").textContent(), /<img src=x onerror=/);
      await close();
    }
  },
  async "paper holds it all"() {
    const { page, close } = await opened("real");
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g).length;
    console.log(`  ${pages} pages`);
    assert.ok(pages > 5 && pages < 45);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("nav").isVisible(), false);
    assert.equal(await page.locator("#f0-list").isVisible(), false);
    assert.equal(await page.locator("#f0-sheet").isVisible(), true);
    await page.emulateMedia({ media: "screen" });
    await page.locator(".print-menu summary").click();
    await page.locator(".print-menu label").nth(3).click();
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("#f0-list").isVisible(), true);
    await close();
  },
  async English() {
    const { page, close } = await opened("english");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.match(await page.locator(".verdict").first().textContent(), /13 places must be changed/);
    const own = await page.evaluate(() =>
      [...document.querySelectorAll("nav, h2, .cards, .filters legend, .filters button, .legend, footer")]
        .map((one) => one.textContent)
        .join(" "),
    );
    assert.doesNotMatch(own.replaceAll("\u8d22\u653f", ""), /[\u4e00-\u9fff]{4}/);
    await close();
  },
};

const LOOKS = {
  light: {},
  dark: { colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  zoom: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
};

/** Pictures to be looked at. */
async function pictures(folder) {
  for (const name of ["real", "form", "workbook", "folder", "sound"]) {
    for (const [kind, options] of Object.entries(LOOKS)) {
      const { page, close } = await opened(name, options);
      const height = page.viewportSize().height;
      for (let at = 0; at < 6; at += 1) {
        await page.evaluate((top) => scrollTo(0, top), at * height * 0.95);
        await page.waitForTimeout(100);
        await page.screenshot({ path: path.join(folder, `${name}-${kind}-${at}.png`) });
      }
      await close();
    }
    const { page, close } = await opened(name);
    await page.pdf({ path: path.join(folder, `${name}.pdf`), preferCSSPageSize: true });
    await close();
  }
}

let failed = 0;
const chosen = Object.entries(checks).filter(([name]) => name.includes(asked.only ?? ""));
for (const [name, check] of chosen) {
  try {
    await check();
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(
      `WRONG ${name}: ${error.message.slice(0, 2000)} ${error.stack.split("\n").find((line) => line.includes("check.mjs")) ?? ""}`,
    );
  }
}
if (asked.pictures) await pictures(asked.pictures);
await browser.close();
console.log(`${chosen.length} checks in the browser, ${failed} failed`);
process.exit(failed ? 1 : 0);
