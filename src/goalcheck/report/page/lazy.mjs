// Draws the parts of a long list as they come into sight, and lets go of those that are far away again.

const NEAR = "1500px 0px";
const SHORT = 600; // things that are all drawn at once: then the browser's own search finds them, and paper shows them
const PRINTED = 4000; // things that paper shows at most

export class LongList {
  /**
   * Draws `groups` into `home`. A group has a `size`, makes its empty `element`, and draws its `content()`; `height` is
   * what a thing takes, roughly, in pixels; as many as `short` are drawn at once.
   */
  constructor(home, groups, height, short = SHORT) {
    this.groups = groups;
    const isShort = groups.reduce((sum, group) => sum + group.size, 0) <= short;
    home.replaceChildren(...groups.map((group) => group.element));
    if (isShort) {
      groups.forEach((group) => this.#draw(group));
      return;
    }
    const byElement = new Map(groups.map((group) => [group.element, group]));
    this.observer = new IntersectionObserver(
      (seen) => seen.forEach((one) => this.#seen(byElement.get(one.target), one.isIntersecting)),
      { rootMargin: NEAR },
    );
    for (const group of groups) {
      this.#leave(group, group.size * height);
      this.observer.observe(group.element);
    }
  }

  /** Draw the group `at`, for who goes there. */
  reveal(at) {
    const group = this.groups[at];
    if (group && !group.isDrawn) this.#draw(group);
  }

  /** Draw all that paper can take; whether that is all there is. */
  drawAll() {
    let sum = 0;
    for (const group of this.groups) {
      sum += group.size;
      if (sum > PRINTED) return false;
      if (!group.isDrawn) this.#draw(group);
    }
    return true;
  }

  /** Draw anew what is drawn. */
  refresh() {
    this.groups.filter((group) => group.isDrawn).forEach((group) => this.#draw(group));
  }

  close() {
    this.observer?.disconnect();
  }

  #seen(group, isNear) {
    if (isNear && !group.isDrawn) this.#draw(group);
    else if (!isNear && group.isDrawn && !group.element.contains(document.activeElement)) {
      this.#leave(group, group.element.getBoundingClientRect().height);
    }
  }

  #draw(group) {
    group.isDrawn = true;
    group.element.style.removeProperty("height");
    group.element.replaceChildren(...group.content());
  }

  #leave(group, height) {
    group.isDrawn = false;
    group.element.replaceChildren(...(group.empty?.(height) ?? []));
    group.element.style.height = `${height}px`;
  }
}

/** `things` in runs of at most `size`. */
export function runs(things, size) {
  const made = [];
  for (let at = 0; at < things.length; at += size) made.push(things.slice(at, at + size));
  return made;
}
