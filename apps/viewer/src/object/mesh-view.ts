import { type Mesh as PlainMesh, vertexNormals } from '@kanrecon/geometry';
import {
  AmbientLight,
  BufferAttribute,
  BufferGeometry,
  DirectionalLight,
  DoubleSide,
  Mesh,
  MeshLambertMaterial,
} from 'three';
import type { Orbit } from '../state/store.js';
import { OrbitView } from './orbit-view.js';

/** Brightness of a surface that is seen from the side; seen from the front it has exactly the colour that its legend says. */
const rim = 0.45;

/** Draws a mesh with a colour at each vertex, as if a lamp sat on the camera: the shape shows, and the colours stay what they mean. */
export class MeshView extends OrbitView {
  private readonly material = new MeshLambertMaterial({ vertexColors: true, side: DoubleSide });
  private readonly mesh = new Mesh(new BufferGeometry(), this.material);
  private readonly lamp = new DirectionalLight(0xffffff, Math.PI * (1 - rim));

  /**
   * @param canvas whose size is followed
   * @param onOrbit told when a person has moved the camera
   * @throws if the browser has no WebGL
   */
  constructor(canvas: HTMLCanvasElement, onOrbit: (orbit: Orbit) => void) {
    super(canvas, onOrbit);
    this.mesh.frustumCulled = false;
    this.world.add(this.mesh, new AmbientLight(0xffffff, Math.PI * rim), this.lamp, this.lamp.target);
    this.controls.addEventListener('change', () => this.moveLamp());
    this.moveLamp();
  }

  /** @param middle what is looked at */
  show(mesh: PlainMesh, middle: readonly [number, number, number]): void {
    const { positions, indices } = mesh;
    const before = this.orbit();
    this.mesh.geometry.dispose();
    this.mesh.geometry = new BufferGeometry()
      .setAttribute('position', new BufferAttribute(positions, 3))
      .setAttribute('normal', new BufferAttribute(Float32Array.from(vertexNormals(mesh)), 3))
      .setAttribute('color', new BufferAttribute(new Float32Array(positions.length).fill(0.5), 3))
      .setIndex(new BufferAttribute(indices, 1));
    this.controls.target.set(...middle);
    this.setOrbit(before);
    this.moveLamp();
  }

  /** @param colors linear RGB, three numbers a vertex */
  paint(colors: Float32Array): void {
    const color = this.mesh.geometry.attributes.color as BufferAttribute;
    color.array.set(colors);
    color.needsUpdate = true;
    this.draw();
  }

  override dispose(): void {
    this.mesh.geometry.dispose();
    this.material.dispose();
    super.dispose();
  }

  private moveLamp(): void {
    this.lamp.position.copy(this.camera.position);
    this.lamp.target.position.copy(this.controls.target);
  }
}
