import { type ParametricSurface, tessellate } from '@kanrecon/geometry';
import type { Vector3 as Color3 } from '@kanrecon/render';
import { type DrawnLight, patternColors, type Scene, studyLight } from '@kanrecon/scene';
import {
  AgXToneMapping,
  BufferAttribute,
  BufferGeometry,
  DirectionalLight,
  DoubleSide,
  HemisphereLight,
  Mesh,
  MeshStandardMaterial,
} from 'three';
import type { Orbit } from '../state/store.js';
import { moveVertices, type VertexGrid } from './move-vertices.js';
import { OrbitView } from './orbit-view.js';
import { sunPosition } from './sun-position.js';

/** Steps of the mesh along u and v, as the study's. */
const steps = { uSteps: 200, vSteps: 200 } as const;
/** What the study's sun and its light from all around are here: three's tone curve is another one than the renderer's. */
const brightness = { sun: 2.3, sky: 0.6 } as const;

/** An object and how it looks. */
interface ViewedObject {
  readonly scene: Scene;
  readonly parameters: Readonly<Record<string, number>>;
  /** Linear RGB. */
  readonly baseColor: Color3;
  readonly view: { readonly light: DrawnLight };
}

/** Draws an object in a canvas, to be turned; its vertices follow its parameters in place. */
export class ObjectView extends OrbitView {
  private readonly material = new MeshStandardMaterial({ vertexColors: true, roughness: 0.5, side: DoubleSide });
  private readonly mesh = new Mesh(new BufferGeometry(), this.material);
  private readonly sun = new DirectionalLight(0xffffff);
  private readonly sky = new HemisphereLight(0xffffff, 0x8a8f98);
  private grid: VertexGrid | undefined;
  private surface: ParametricSurface | undefined;
  private painted = '';

  /**
   * @param canvas whose size is followed
   * @param onOrbit told when a person has moved the camera
   * @throws if the browser has no WebGL
   */
  constructor(canvas: HTMLCanvasElement, onOrbit: (orbit: Orbit) => void) {
    super(canvas, onOrbit);
    this.renderer.toneMapping = AgXToneMapping;
    this.renderer.toneMappingExposure = 1;
    this.sky.position.set(0, 0, 1);
    this.mesh.frustumCulled = false;
    this.world.add(this.sun, this.sky, this.mesh);
  }

  /** Shows an object: its mesh is made anew only for another surface. @throws SurfaceError if a point of it is none */
  show({ scene, parameters, baseColor, view }: ViewedObject): void {
    const { surface } = scene;
    if (this.surface !== surface) this.begin(surface, parameters);
    // tessellate says where a point is none.
    if (!moveVertices(surface, parameters, this.grid!)) tessellate(surface, parameters, steps);
    const { geometry } = this.mesh;
    geometry.attributes.position!.needsUpdate = true;
    geometry.attributes.normal!.needsUpdate = true;
    this.paint(scene, parameters, baseColor);
    this.light(view.light);
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

  override dispose(): void {
    this.mesh.geometry.dispose();
    this.material.dispose();
    super.dispose();
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

  private light(light: DrawnLight): void {
    this.sun.position.set(...sunPosition(light));
    this.sun.intensity = (brightness.sun * light.strength) / studyLight.strength;
    this.sky.intensity = (brightness.sky * light.ambient) / studyLight.ambient;
  }

  /** Patterns follow u and v, not the shape: painted again for another colour only. */
  private paint(scene: Scene, parameters: Readonly<Record<string, number>>, baseColor: Color3): void {
    const wanted = `${scene.name} ${scene.pattern} ${baseColor.join(' ')}`;
    if (this.painted === wanted) return;
    this.painted = wanted;
    const color = this.mesh.geometry.attributes.color as BufferAttribute;
    color.array.set(patternColors(scene, { parameters, baseColor: [...baseColor] }, steps));
    color.needsUpdate = true;
  }
}
