/** Fingers, mouse and wheel on the lanes: what they do to the solo, its player and the view. */
import { barAt } from '../time/bars';
import { beatUnder, grab, noteUnder } from './drags';
import { Gestures, type Meanings, type Point } from './gestures';
import { isIn } from './layout';
import { cellAt } from './snapping';
import type { Stage } from './stage.svelte';

/** What a notch of a wheel zooms, and what a line or page of it is in pixels. */
const ZOOM_PER_PX = 0.004;
const PX_PER_LINE = 18;

/**
 * Listen to pointers over the lanes.
 *
 * @param focusNotes gives the keys to the notes
 * @returns ends it
 */
export function attach(element: HTMLElement, stage: Stage, focusNotes: () => void): () => void {
  const gestures = new Gestures(meaningsOf(element, stage, focusNotes));
  const ended = new AbortController();
  const { signal } = ended;
  const pointOf = (event: PointerEvent): Point => {
    const box = element.getBoundingClientRect();
    const grip = event.target instanceof Element ? event.target.closest('[data-grip]') : null;
    return {
      x: event.clientX - box.left,
      y: event.clientY - box.top,
      isTouch: event.pointerType === 'touch',
      adds: event.shiftKey || event.ctrlKey || event.metaKey,
      isFree: event.altKey,
      grip: grip?.getAttribute('data-grip') ?? '',
    };
  };
  function on<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ) {
    element.addEventListener(type, listener, { signal, passive: false });
  }
  on('pointerdown', (event) => {
    if (event.button === 0) gestures.down(event.pointerId, pointOf(event));
  });
  on('pointermove', (event) => {
    const at = pointOf(event);
    gestures.move(event.pointerId, at);
    if (event.buttons === 0 && !at.isTouch) element.style.cursor = cursorOver(stage, at);
  });
  on('pointerup', (event) => gestures.up(event.pointerId, pointOf(event), event.timeStamp));
  on('pointercancel', (event) => gestures.cancel(event.pointerId));
  // Of a finger that drags the page would scroll away.
  on('touchmove', (event) => {
    if (gestures.isDragging && event.cancelable) event.preventDefault();
  });
  on('contextmenu', (event) => {
    if (gestures.isDragging) event.preventDefault();
  });
  on('wheel', (event) => roll(event, element, stage));
  return () => ended.abort();
}

/** Zoom with Ctrl or a pinch, move sideways; a plain wheel scrolls the page as everywhere. */
function roll(event: WheelEvent, element: HTMLElement, stage: Stage): void {
  const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : PX_PER_LINE;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    const x = event.clientX - element.getBoundingClientRect().left;
    stage.view.zoom(Math.exp(event.deltaY * unit * ZOOM_PER_PX), stage.view.secAt(x));
    return;
  }
  const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
  if (Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
  event.preventDefault();
  stage.scrollTo(stage.view.fromSec + (sideways * unit) / stage.view.pxPerSec);
}

function meaningsOf(element: HTMLElement, stage: Stage, focusNotes: () => void): Meanings {
  const { view, player, solo, editing } = stage;
  return {
    grab: (from) => grab(stage, from),
    holds: (at) =>
      stage.isSelecting ||
      /^(selection|lick):/.test(at.grip) ||
      noteUnder(stage, at) !== null ||
      beatUnder(stage, at) >= 0,
    began(pointerId) {
      element.setPointerCapture(pointerId);
      if (editing.isOn) focusNotes();
    },
    tap(at) {
      // What has a name of its own knows what to do with a click.
      if (at.grip !== '') return;
      const hit = noteUnder(stage, at);
      if (editing.isOn && isIn(stage.layout.roll, at.y)) focusNotes();
      if (hit !== null) {
        editing.mark([hit.note], at.adds);
        editing.sound([hit.note]);
        return;
      }
      const sec = Math.min(Math.max(0, view.secAt(at.x)), stage.durationSec);
      if (editing.isOn && !at.adds) editing.mark([]);
      const { selection } = solo;
      if (selection !== null && (sec < selection.fromSec || sec > selection.toSec)) {
        solo.selection = null;
      }
      player.seek(sec);
    },
    doubleTap(at) {
      if (at.grip !== '') return;
      const sec = view.secAt(at.x);
      if (editing.isOn && isIn(stage.layout.roll, at.y)) {
        if (noteUnder(stage, at) !== null) return;
        const [fromSec, toSec] = cellAt(stage.eighths, sec);
        editing.add(fromSec, toSec, stage.scale.pitchAt(at.y - stage.layout.roll.topPx));
        return;
      }
      const bar = barAt(solo.bars, sec);
      if (bar !== null) solo.selection = { fromSec: bar.onsetSec, toSec: bar.offsetSec };
    },
    pan: (byPx) => stage.scrollTo(view.fromSec + byPx / view.pxPerSec),
    zoom: (factor, aroundX) => view.zoom(factor, view.secAt(aroundX)),
  };
}

function cursorOver(stage: Stage, at: Point): string {
  if (at.grip !== '') return '';
  if (beatUnder(stage, at) >= 0) return 'ew-resize';
  const hit = noteUnder(stage, at);
  if (hit !== null) return hit.part === 'body' ? 'move' : 'ew-resize';
  return stage.editing.isOn && isIn(stage.layout.roll, at.y) ? 'crosshair' : 'text';
}
