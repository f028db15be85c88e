/** What the city is told now, above every page; a page stays as it is when nobody answers. */

import { call } from "../parts/api.js";

async function show() {
  const banner = document.getElementById("city-message");
  if (!banner) return;
  const { body } = await call("/city", { language: document.documentElement.lang });
  if (!body.message) return;
  const words = banner.querySelector("p");
  if (words) words.textContent = body.message.text;
  banner.hidden = false;
}

void show().catch(() => undefined);
