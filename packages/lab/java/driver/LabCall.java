import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One call of any kind, with messages as they are: no code has to be generated for the lab's service. */
final class LabCall {
  private static final MethodDescriptor.Marshaller<byte[]> RAW = new Raw();

  private static final Map<String, MethodDescriptor<byte[], byte[]>> METHODS =
      Map.of(
          "unary", method("Call", MethodType.UNARY),
          "server-streaming", method("ServerStream", MethodType.SERVER_STREAMING),
          "client-streaming", method("ClientStream", MethodType.CLIENT_STREAMING),
          "bidi-streaming", method("BidiStream", MethodType.BIDI_STREAMING));

  private static final ScheduledExecutorService CLOCK =
      Executors.newScheduledThreadPool(
          2,
          run -> {
            Thread thread = new Thread(run);
            thread.setDaemon(true);
            return thread;
          });

  /** Completes with the call; what the client throws is its cause. */
  final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** What programs cancel a call by. */
  private final Context.CancellableContext context = Context.current().withCancellation();

  /** A deadline below 0: none. */
  LabCall(ManagedChannel channel, long id, String kind, Order order, long deadlineMs) {
    CallOptions options = CallOptions.DEFAULT;
    if (deadlineMs >= 0) options = options.withDeadlineAfter(deadlineMs, TimeUnit.MILLISECONDS);
    if (Order.flag(order.setup(), "waitForReady")) options = options.withWaitForReady();
    var fields = MetadataUtils.newAttachHeadersInterceptor(fields(kind, order.plan()));
    byte[] message = message(id, order.plan().requestBytes());
    Context outer = context.attach();
    try {
      ClientCall<byte[], byte[]> call =
          ClientInterceptors.intercept(channel, fields).newCall(METHODS.get(kind), options);
      switch (kind) {
        case "server-streaming" -> ClientCalls.asyncServerStreamingCall(call, message, observer());
        case "client-streaming" ->
            send(ClientCalls.asyncClientStreamingCall(call, observer()), message, order.plan(), 1);
        case "bidi-streaming" -> send(ClientCalls.asyncBidiStreamingCall(call, observer()), message, order.plan(), 1);
        default -> ClientCalls.asyncUnaryCall(call, message, observer());
      }
    } finally {
      context.detach(outer);
    }
    ended.whenComplete((nothing, error) -> context.cancel(null));
  }

  void cancel() {
    context.cancel(null);
  }

  /** Message number {@code sent} now, the others so far apart as the plan says. */
  private void send(StreamObserver<byte[]> requests, byte[] message, Order.Plan plan, int sent) {
    if (ended.isDone()) return;
    try {
      requests.onNext(message);
      if (sent >= plan.messages()) requests.onCompleted();
      else CLOCK.schedule(() -> send(requests, message, plan, sent + 1), plan.messageEveryMs(), TimeUnit.MILLISECONDS);
    } catch (IllegalStateException over) {
      // The call ended in this moment; its observer says how.
    }
  }

  private StreamObserver<byte[]> observer() {
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] answer) {}

      @Override
      public void onError(Throwable error) {
        ended.completeExceptionally(error);
      }

      @Override
      public void onCompleted() {
        ended.complete(null);
      }
    };
  }

  private static Metadata fields(String kind, Order.Plan plan) {
    Metadata fields = new Metadata();
    if (!kind.equals("server-streaming")) return fields;
    fields.put(Metadata.Key.of("lab-messages", Metadata.ASCII_STRING_MARSHALLER), "" + plan.messages());
    fields.put(Metadata.Key.of("lab-message-every-ms", Metadata.ASCII_STRING_MARSHALLER), "" + plan.messageEveryMs());
    return fields;
  }

  /** A google.protobuf.BytesValue that begins with the call's number. */
  private static byte[] message(long id, int requestBytes) {
    int size = Math.max(requestBytes, 4);
    ByteBuffer message = ByteBuffer.allocate(6 + size).put((byte) 0x0a);
    int rest = size;
    for (; rest > 0x7f; rest >>>= 7) message.put((byte) (rest & 0x7f | 0x80));
    int head = message.put((byte) rest).position();
    message.putInt((int) id);
    return Arrays.copyOf(message.array(), head + size);
  }

  private static MethodDescriptor<byte[], byte[]> method(String name, MethodType type) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(type)
        .setFullMethodName("holdfast.lab.v1.Lab/" + name)
        .setRequestMarshaller(RAW)
        .setResponseMarshaller(RAW)
        .build();
  }

  /** Passes messages as they are. */
  private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] message) {
      return new ByteArrayInputStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stream.transferTo(bytes);
        return bytes.toByteArray();
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }
  }
}
