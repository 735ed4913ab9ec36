"""Renders meshes with Cycles for @kanrecon/dataset. Runs inside Blender (3.0 and later), started as

    blender --background --factory-startup -noaudio --threads 1 --python-exit-code 1 --python render_views.py

It knows nothing of surfaces, presets or data sets. Each line of stdin is one job in JSON; it ends with stdin:

    {"id": 7, "mesh": "<file>", "out": "<file>", "size": 128, "samples": 64, "seed": 1, "occlusion": true,
     "camera": {"location": [x, y, z], "rotation": [9 numbers, row-major, world from camera], "tanHalfFov": 0.36},
     "sun": {"direction": [x, y, z], "strength": 1}, "ambient": 0.1987, "baseColor": [r, g, b] or null}

A mesh file holds, little-endian: uint32 vertices, uint32 triangles, uint32 1 if it has colours else 0; then float32 positions
and normals (3 a vertex), uint32 indices (3 a triangle), float32 linear RGB (3 a triangle corner; only with colours). The file of
the job before may be named again; it is read once.

The pixels go to `out`: float32 linear RGBA, alpha premultiplied, rows from the bottom up. No view transform is applied, so all
versions of Blender give the same kind of numbers, with or without AgX. Answers are lines of stdout that begin with "@kanrecon "
(Blender writes there, too): {"ready": "4.2.0"}, then {"done": 7} or {"failed": 7, "message": "…"} for each job.
"""

import array
import json
import os
import sys
import traceback

import bpy
from mathutils import Matrix, Vector

# Not "color": Blender 3.4 renders a layer of that name black.
color_layer = "pattern"


def say(message):
    # The line break first: Blender may have left a line of its own unfinished. One write, so that nothing comes between.
    sys.stdout.flush()
    os.write(1, ("\n@kanrecon " + json.dumps(message) + "\n").encode("ascii"))


def main():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = Scene()
    say({"ready": bpy.app.version_string})
    for line in sys.stdin:
        if not line.strip():
            continue
        job = json.loads(line)
        try:
            scene.render(job)
        except Exception as error:
            traceback.print_exc()
            say({"failed": job["id"], "message": "%s: %s" % (type(error).__name__, str(error)[:500])})
        else:
            say({"done": job["id"]})


class Scene:
    """One object, one sun, an even ambient, one camera."""

    def __init__(self):
        self.scene = bpy.context.scene
        self.mesh_file = None
        self.object = None
        self.material = principled_material()
        self.camera = self.add("camera", bpy.data.cameras.new("camera"))
        self.sun = self.add("sun", bpy.data.lights.new("sun", "SUN"))
        self.sun.data.angle = 0
        self.background = self.add_world()
        self.scene.camera = self.camera
        self.set_up_rendering()

    def add(self, name, data):
        added = bpy.data.objects.new(name, data)
        self.scene.collection.objects.link(added)
        return added

    def add_world(self):
        world = bpy.data.worlds.new("ambient")
        use_nodes(world)
        self.scene.world = world
        # An even ambient is found by the surfaces' own rays; drawing samples from it as from a lamp would gain nothing.
        world.cycles.sampling_method = "NONE"
        # How far an ambient ray travels with "occlusion": false.
        world.light_settings.distance = 1e-4
        for node in world.node_tree.nodes:
            if node.type == "BACKGROUND":
                return node.inputs
        raise RuntimeError("a new world has no background")

    def set_up_rendering(self):
        render = self.scene.render
        render.engine = "CYCLES"
        render.resolution_percentage = 100
        render.film_transparent = True
        render.use_compositing = False
        render.use_sequencer = False
        render.use_file_extension = False
        render.threads_mode = "FIXED"
        render.threads = 1
        image = render.image_settings
        image.file_format = "OPEN_EXR"
        image.color_mode = "RGBA"
        image.color_depth = "32"
        image.exr_codec = "NONE"
        cycles = self.scene.cycles
        cycles.device = "CPU"
        cycles.use_adaptive_sampling = False
        cycles.use_denoising = False
        cycles.max_bounces = 4
        cycles.fast_gi_method = "REPLACE"
        cycles.ao_bounces_render = 1

    def render(self, job):
        if job["mesh"] != self.mesh_file:
            self.load_mesh(job["mesh"])
        set_base_color(self.material, job["baseColor"])
        self.place_camera(job["camera"])
        self.place_sun(job["sun"])
        self.background["Color"].default_value = (1, 1, 1, 1)
        self.background["Strength"].default_value = job["ambient"]
        # Without occlusion: an ambient ray looks no farther than `distance` and nothing bounces.
        self.scene.cycles.use_fast_gi = not job["occlusion"]
        self.scene.cycles.samples = job["samples"]
        self.scene.cycles.seed = job["seed"]
        render = self.scene.render
        render.resolution_x = render.resolution_y = job["size"]
        render.filepath = job["out"] + ".exr"
        bpy.ops.render.render(write_still=True)
        write_pixels(render.filepath, job["out"], job["size"])

    def load_mesh(self, path):
        self.mesh_file = None
        if self.object is not None:
            data = self.object.data
            bpy.data.objects.remove(self.object)
            bpy.data.meshes.remove(data)
            self.object = None
        self.object = self.add("object", read_mesh(path))
        self.object.data.materials.append(self.material)
        self.mesh_file = path

    def place_camera(self, camera):
        r = camera["rotation"]
        x, y, z = camera["location"]
        rows = ((r[0], r[1], r[2], x), (r[3], r[4], r[5], y), (r[6], r[7], r[8], z), (0, 0, 0, 1))
        self.camera.matrix_world = Matrix(rows)
        data = self.camera.data
        data.sensor_width = 36
        data.lens = 18 / camera["tanHalfFov"]
        data.clip_start = 1e-3
        data.clip_end = 1e5

    def place_sun(self, sun):
        # A sun shines down its own z axis.
        self.sun.matrix_world = Vector(sun["direction"]).to_track_quat("Z", "Y").to_matrix().to_4x4()
        self.sun.data.energy = sun["strength"]


def principled_material():
    """Roughness 0.5 and F0 0.04; the colour comes from the mesh's attribute or is set for each job."""
    material = bpy.data.materials.new("surface")
    use_nodes(material)
    nodes = material.node_tree.nodes
    shader = next(node for node in nodes if node.type == "BSDF_PRINCIPLED")
    shader.distribution = "GGX"
    shader.inputs["Roughness"].default_value = 0.5
    # The name of Blender 4 and later, then that of 3.
    specular = "Specular IOR Level" if "Specular IOR Level" in shader.inputs else "Specular"
    shader.inputs[specular].default_value = 0.5
    shader.inputs["IOR"].default_value = 1.5
    attribute = nodes.new("ShaderNodeAttribute")
    attribute.attribute_name = color_layer
    return material


def use_nodes(data):
    if bpy.app.version < (5, 0, 0):
        # Later versions always do, and warn.
        data.use_nodes = True


def set_base_color(material, color):
    nodes = material.node_tree.nodes
    links = material.node_tree.links
    base = next(node for node in nodes if node.type == "BSDF_PRINCIPLED").inputs["Base Color"]
    if color is None:
        if not base.is_linked:
            links.new(next(node for node in nodes if node.type == "ATTRIBUTE").outputs["Color"], base)
        return
    for link in list(base.links):
        links.remove(link)
    base.default_value = (*color, 1)


def read_mesh(path):
    with open(path, "rb") as file:
        vertices, triangles, colored = numbers(file, "I", 3)
        positions = numbers(file, "f", 3 * vertices)
        normals = numbers(file, "f", 3 * vertices)
        indices = numbers(file, "I", 3 * triangles)
        colors = numbers(file, "f", 9 * triangles) if colored else None
    mesh = bpy.data.meshes.new("object")
    mesh.vertices.add(vertices)
    mesh.vertices.foreach_set("co", positions)
    mesh.loops.add(3 * triangles)
    mesh.loops.foreach_set("vertex_index", array.array("i", indices))
    mesh.polygons.add(triangles)
    mesh.polygons.foreach_set("loop_start", array.array("i", range(0, 3 * triangles, 3)))
    if bpy.app.version < (3, 6, 0):
        # Later versions know it from the starts.
        mesh.polygons.foreach_set("loop_total", array.array("i", [3]) * triangles)
    mesh.update(calc_edges=True)
    mesh.polygons.foreach_set("use_smooth", array.array("b", [1]) * triangles)
    if colors is not None:
        rgba = array.array("f", [1]) * (12 * triangles)
        for channel in range(3):
            rgba[channel::4] = colors[channel::3]
        mesh.attributes.new(color_layer, "FLOAT_COLOR", "CORNER").data.foreach_set("color", rgba)
    if hasattr(mesh, "use_auto_smooth"):
        # Up to 4.0 custom normals are used only with this.
        mesh.use_auto_smooth = True
    mesh.normals_split_custom_set_from_vertices(list(zip(normals[0::3], normals[1::3], normals[2::3])))
    return mesh


def numbers(file, kind, count):
    values = array.array(kind)
    values.fromfile(file, count)
    return values


def write_pixels(exr, out, size):
    """Blender writes what it rendered as a float image only; here it becomes the plain numbers."""
    image = bpy.data.images.load(exr)
    try:
        if tuple(image.size) != (size, size) or not image.is_float:
            raise RuntimeError("rendered %d x %d pixels, float: %s" % (*image.size, image.is_float))
        pixels = array.array("f", [0]) * (4 * size * size)
        image.pixels.foreach_get(pixels)
    finally:
        bpy.data.images.remove(image)
        os.remove(exr)
    with open(out, "wb") as file:
        pixels.tofile(file)


main()
