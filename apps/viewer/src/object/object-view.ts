import { type ParametricSurface, tessellate } from '@kanrecon/geometry';
import type { Vector3 as Color3 } from '@kanrecon/render';
import { patternColors, type Scene } from '@kanrecon/scene';
import {
  AgXToneMapping,
  BufferAttribute,
  BufferGeometry,
  DirectionalLight,
  DoubleSide,
  HemisphereLight,
  Mesh,
  MeshStandardMaterial,
  PerspectiveCamera,
  Scene as ThreeScene,
  Vector3,
  WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Orbit } from '../state/store.js';
import { floorGrid } from './floor-grid.js';
import { moveVertices, type VertexGrid } from './move-vertices.js';

/** Steps of the mesh along u and v, as the study's. */
const steps = { uSteps: 200, vSteps: 200 } as const;
const fieldOfView = 32;

/** Draws an object in a canvas with three.js, to be turned; its vertices follow its parameters in place. Draws only what changed. */
export class ObjectView {
  private readonly renderer: WebGLRenderer;
  private readonly world = new ThreeScene();
  private readonly camera = new PerspectiveCamera(fieldOfView, 1, 0.05, 100);
  private readonly controls: OrbitControls;
  private readonly material = new MeshStandardMaterial({ vertexColors: true, roughness: 0.5, side: DoubleSide });
  private readonly mesh = new Mesh(new BufferGeometry(), this.material);
  private readonly floor = floorGrid();
  private grid: VertexGrid | undefined;
  private surface: ParametricSurface | undefined;
  private painted = '';
  private frame = 0;

  /**
   * @param canvas whose size is followed
   * @param onOrbit told when a person has moved the camera
   * @throws if the browser has no WebGL
   */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    onOrbit: (orbit: Orbit) => void,
  ) {
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    this.renderer.toneMapping = AgXToneMapping;
    this.renderer.toneMappingExposure = 1;
    this.camera.up.set(0, 0, 1);
    const sun = new DirectionalLight(0xffffff, 2.3);
    sun.position.set(0.5, -0.4, 2);
    const sky = new HemisphereLight(0xffffff, 0x8a8f98, 0.6);
    sky.position.set(0, 0, 1);
    this.mesh.frustumCulled = false;
    this.world.add(sun, sky, this.floor, this.mesh);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.enablePan = false;
    this.controls.minDistance = 2;
    this.controls.maxDistance = 30;
    this.controls.addEventListener('change', () => this.draw());
    this.controls.addEventListener('end', () => onOrbit(this.orbit()));
    this.setOrbit({ azimuth: -0.9, polar: 1.1, distance: 7.5 });
  }

  /** Shows an object: its mesh is made anew only for another surface. @throws SurfaceError if a point of it is none */
  show(scene: Scene, parameters: Readonly<Record<string, number>>, baseColor: Color3): void {
    const { surface } = scene;
    if (this.surface !== surface) this.begin(surface, parameters);
    // tessellate says where a point is none.
    if (!moveVertices(surface, parameters, this.grid!)) tessellate(surface, parameters, steps);
    const { geometry } = this.mesh;
    geometry.attributes.position!.needsUpdate = true;
    geometry.attributes.normal!.needsUpdate = true;
    this.paint(scene, parameters, baseColor);
    this.mesh.visible = true;
    this.draw();
  }

  /** Shows no object. */
  hide(): void {
    this.mesh.visible = false;
    this.draw();
  }

  /** Looks at the middle of what is shown, from the same side as before. */
  lookAtMiddle(): void {
    const { geometry } = this.mesh;
    geometry.computeBoundingBox();
    const before = this.orbit();
    geometry.boundingBox?.getCenter(this.controls.target);
    this.setOrbit(before);
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
    this.mesh.geometry.dispose();
    this.material.dispose();
    this.floor.geometry.dispose();
    this.floor.material.dispose();
    this.renderer.dispose();
  }

  private begin(surface: ParametricSurface, parameters: Readonly<Record<string, number>>): void {
    this.surface = surface;
    this.painted = '';
    const { positions, indices } = tessellate(surface, parameters, steps);
    this.grid = { ...steps, positions, normals: new Float32Array(positions.length) };
    this.mesh.geometry.dispose();
    this.mesh.geometry = new BufferGeometry()
      .setAttribute('position', new BufferAttribute(positions, 3))
      .setAttribute('normal', new BufferAttribute(this.grid.normals, 3))
      .setAttribute('color', new BufferAttribute(new Float32Array(positions.length), 3))
      .setIndex(new BufferAttribute(indices, 1));
  }

  /** Patterns follow u and v, not the shape: painted again for another colour only. */
  private paint(scene: Scene, parameters: Readonly<Record<string, number>>, baseColor: Color3): void {
    const wanted = `${scene.name} ${baseColor.join(' ')}`;
    if (this.painted === wanted) return;
    this.painted = wanted;
    const color = this.mesh.geometry.attributes.color as BufferAttribute;
    color.array.set(patternColors(scene, { parameters, baseColor: [...baseColor] }, steps));
    color.needsUpdate = true;
  }

  private draw(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.renderer.render(this.world, this.camera);
    });
  }
}
