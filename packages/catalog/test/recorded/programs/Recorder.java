import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/**
 * Makes one call with grpc-java (Netty) and prints its error in the shapes in which services log it, one JSON line each.
 * The order is the only argument, a JSON object as in the recorder's wire-event.ts.
 */
public final class Recorder {
  private static final Gson GSON = new Gson();

  /** Sends bytes as they are. */
  private static final MethodDescriptor.Marshaller<byte[]> RAW =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
        }
      };

  public static void main(String[] args) throws Exception {
    JsonObject order = GSON.fromJson(args[0], JsonObject.class);
    ManagedChannel channel = open(order);
    Timer timer = new Timer(true);
    if (order.has("closeAfterMs") && number(order, "closeAfterMs", 0) == 0) {
      channel.shutdownNow();
    } else if (order.has("closeAfterMs")) {
      later(timer, number(order, "closeAfterMs", 0), channel::shutdownNow);
    }
    try {
      call(channel, order, timer);
    } catch (StatusRuntimeException e) {
      show(e.getMessage());
      show("io.grpc.StatusRuntimeException: " + e.getMessage());
      show(stackOf(e));
      show("ERROR [grpc-default-executor-0] c.s.orders.OrderClient - call failed: " + e.getStatus());
    } catch (Exception e) {
      show(stackOf(e));
    }
    System.exit(0);
  }

  private static void call(ManagedChannel channel, JsonObject order, Timer timer) throws Exception {
    boolean stream = order.has("call") && order.get("call").getAsString().equals("server-stream");
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder(RAW, RAW)
            .setType(stream ? MethodDescriptor.MethodType.SERVER_STREAMING : MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(order.has("method") ? order.get("method").getAsString().substring(1) : "shop.v1.Orders/Get")
            .build();
    byte[] request = new byte[number(order, "requestBytes", 4)];
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(number(order, "deadlineMs", 3000), TimeUnit.MILLISECONDS);
    io.grpc.Context.CancellableContext context = io.grpc.Context.current().withCancellation();
    if (order.has("cancelAfterMs")) {
      later(timer, number(order, "cancelAfterMs", 0), () -> context.cancel(null));
    }
    context.call(
        () -> {
          if (!stream) {
            return ClientCalls.blockingUnaryCall(channel, method, options, request);
          }
          Iterator<byte[]> answers = ClientCalls.blockingServerStreamingCall(channel, method, options, request);
          while (answers.hasNext()) {
            answers.next();
          }
          return null;
        });
  }

  private static ManagedChannel open(JsonObject order) throws Exception {
    NettyChannelBuilder builder = NettyChannelBuilder.forTarget(order.get("target").getAsString());
    String tls = order.has("tls") ? order.get("tls").getAsString() : "plain";
    if (tls.equals("plain")) {
      builder.usePlaintext();
    } else if (tls.equals("trust")) {
      byte[] pem = order.get("caPem").getAsString().getBytes(StandardCharsets.US_ASCII);
      builder.sslContext(GrpcSslContexts.forClient().trustManager(new ByteArrayInputStream(pem)).build());
    }
    if (order.has("keepaliveMs")) {
      // grpc-java raises anything below ten seconds to ten seconds.
      builder.keepAliveTime(number(order, "keepaliveMs", 0), TimeUnit.MILLISECONDS);
      builder.keepAliveTimeout(number(order, "keepaliveMs", 0), TimeUnit.MILLISECONDS);
    }
    if (order.has("maxReceiveBytes")) {
      builder.maxInboundMessageSize(number(order, "maxReceiveBytes", 0));
    }
    return builder.build();
  }

  private static int number(JsonObject order, String name, int otherwise) {
    return order.has(name) ? order.get(name).getAsInt() : otherwise;
  }

  private static void later(Timer timer, int delayMs, Runnable act) {
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            act.run();
          }
        },
        delayMs);
  }

  private static String stackOf(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static void show(String text) {
    System.out.println(GSON.toJson(Map.of("text", text)));
  }
}
