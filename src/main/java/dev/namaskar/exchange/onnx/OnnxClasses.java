package dev.namaskar.exchange.onnx;

/** ONNX's protobuf classes, which ND4J brings: a project that depends on this one has them on request. */
final class OnnxClasses {
    private OnnxClasses() {}

    /**
     * To be called before the first of them is used.
     *
     * @throws IllegalStateException if they are not on the class path, with what brings them
     */
    static void require() {
        try {
            Class.forName("onnx.Onnx", false, OnnxClasses.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(
                    "expected ND4J on the class path, whose classes write ONNX files, found none: depend on"
                            + " dev.namaskar:namaskar-nd4j (type pom)",
                    absent);
        }
    }
}
