/** Doing something again until it is done: soon, then less often, and at once when the network is back. */

const WAITS_MS = [3_000, 6_000, 12_000, 30_000];

export class Retry {
  /** @param {() => void} what */
  constructor(what) {
    this.what = what;
    this.tries = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.now = () => this.go();
  }

  /** Do it after a while, or when the network is back. */
  later() {
    clearTimeout(this.timer);
    const wait = WAITS_MS[Math.min(this.tries, WAITS_MS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(this.now, wait);
    addEventListener("online", this.now, { once: true });
  }

  /** Done, or given up. */
  stop() {
    this.pause();
    this.tries = 0;
  }

  pause() {
    clearTimeout(this.timer);
    removeEventListener("online", this.now);
  }

  go() {
    this.pause();
    this.what();
  }
}
