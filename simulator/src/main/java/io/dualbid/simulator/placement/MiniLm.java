package io.dualbid.simulator.placement;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The model's weights and words, as LangChain4j ships them, on one thread: its own wrapper lets
 * ONNX Runtime start one for each core, which for texts as short as these wait for each other with
 * the processor running and take nearly twice its time.
 */
final class MiniLm extends AbstractInProcessEmbeddingModel {
  static final int DIMENSIONS = 384;

  private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";
  private static final String WORDS = "/all-minilm-l6-v2-q-tokenizer.json";

  private final OnnxBertBiEncoder encoder;

  MiniLm() {
    // Texts one after the other, on the caller's thread.
    super(Runnable::run);
    encoder = load();
  }

  private static OnnxBertBiEncoder load() {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        InputStream weights = resource(WEIGHTS);
        InputStream words = resource(WORDS)) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return new OnnxBertBiEncoder(
          environment,
          environment.createSession(weights.readAllBytes(), options),
          words,
          PoolingMode.MEAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OrtException e) {
      throw new IllegalStateException("the sentence model can't be loaded: " + e.getMessage(), e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream resource = MiniLm.class.getResourceAsStream(name);
    if (resource == null) {
      throw new IOException(name + " is not on the class path");
    }
    return resource;
  }

  @Override
  protected OnnxBertBiEncoder model() {
    return encoder;
  }

  @Override
  protected Integer knownDimension() {
    return DIMENSIONS;
  }
}
