"""Checks an ONNX file with onnx.checker and runs it with onnxruntime on images; prints what it says as JSON.

    python3 run-onnx.py FILE IMAGES   IMAGES: float32, [2, 3, side, side]
"""
import json
import sys

import numpy
import onnx
import onnxruntime

model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
(image,) = session.get_inputs()
values = numpy.fromfile(sys.argv[2], numpy.float32).reshape(-1, *image.shape[1:])
names = [output.name for output in session.get_outputs()]
# One by one and together: the batch is open.
together = session.run(names, {image.name: values})
alone = [session.run(names, {image.name: values[i : i + 1]}) for i in range(len(values))]
for index, output in enumerate(together):
    numpy.testing.assert_allclose(output, numpy.concatenate([one[index] for one in alone]), rtol=1e-4, atol=1e-4)
print(
    json.dumps(
        {
            "opset": [[one.domain, one.version] for one in model.opset_import],
            "irVersion": model.ir_version,
            "producer": [model.producer_name, model.producer_version],
            "input": [image.name, image.type, image.shape],
            "outputs": {name: output.tolist() for name, output in zip(names, together)},
            "shapes": {output.name: output.shape for output in session.get_outputs()},
            "metadata": session.get_modelmeta().custom_metadata_map,
            "initializers": len(inferred.graph.initializer),
        }
    )
)
