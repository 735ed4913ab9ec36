import { PerspectiveCamera, Scene as ThreeScene, Vector3, WebGLRenderer } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Orbit } from '../state/store.js';
import { floorGrid } from './floor-grid.js';

const fieldOfView = 32;
/** Where a view begins to be looked at from. */
const firstOrbit: Orbit = { azimuth: -0.9, polar: 1.1, distance: 7.5 };

/** What is drawn in a canvas with three.js above a floor, to be turned by hand. Draws only what changed. */
export abstract class OrbitView {
  protected readonly renderer: WebGLRenderer;
  protected readonly world = new ThreeScene();
  protected readonly camera = new PerspectiveCamera(fieldOfView, 1, 0.05, 100);
  protected readonly controls: OrbitControls;
  private readonly floor = floorGrid();
  private frame = 0;

  /**
   * @param canvas whose size is followed
   * @param onOrbit told when a person has moved the camera
   * @throws if the browser has no WebGL
   */
  protected constructor(
    private readonly canvas: HTMLCanvasElement,
    onOrbit: (orbit: Orbit) => void,
  ) {
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    this.camera.up.set(0, 0, 1);
    this.world.add(this.floor);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.enablePan = false;
    this.controls.minDistance = 2;
    this.controls.maxDistance = 30;
    this.controls.addEventListener('change', () => this.draw());
    this.controls.addEventListener('end', () => onOrbit(this.orbit()));
    this.setOrbit(firstOrbit);
  }

  /** Where the camera is. */
  orbit(): Orbit {
    const { controls } = this;
    return {
      // three measures azimuth for y up; ours is about z from x.
      azimuth: Math.atan2(this.camera.position.y - controls.target.y, this.camera.position.x - controls.target.x),
      polar: controls.getPolarAngle(),
      distance: controls.getDistance(),
    };
  }

  setOrbit({ azimuth, polar, distance }: Orbit): void {
    const { target } = this.controls;
    const sine = Math.sin(polar) * distance;
    const offset = new Vector3(sine * Math.cos(azimuth), sine * Math.sin(azimuth), distance * Math.cos(polar));
    this.camera.position.copy(target).add(offset);
    this.controls.update();
    this.draw();
  }

  /** @param color of the floor's lines, as CSS has it */
  setFloorColor(color: string): void {
    this.floor.material.color.setStyle(color);
    this.draw();
  }

  /** Follows the canvas' size on the page. */
  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || height === 0) return;
    this.renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.draw();
  }

  /** What is seen, as a PNG file. */
  toPng(): Promise<Blob> {
    this.renderer.render(this.world, this.camera);
    return new Promise((resolve, reject) => {
      this.canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be written'))));
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.frame);
    this.controls.dispose();
    this.floor.geometry.dispose();
    this.floor.material.dispose();
    this.renderer.dispose();
  }

  /** Draws with the next frame. */
  protected draw(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.renderer.render(this.world, this.camera);
    });
  }
}
