import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The channels of one trial side by side, used by turns: what an application's pool is. */
final class Channels {
  /** A setting that the client does not have, or not with this value. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    final String setting;

    Refused(String setting, String why) {
      super(why);
      this.setting = setting;
    }
  }

  private final Order order;
  private final Order.Trial trial;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private int turn = 0;

  Channels(Order order, Order.Trial trial) throws Refused {
    this.order = order;
    this.trial = trial;
    for (int at = 0; at < order.channels(); at++) channels.add(open());
  }

  synchronized List<ManagedChannel> all() {
    return List.copyOf(channels);
  }

  synchronized int next() {
    return turn++ % channels.size();
  }

  synchronized ManagedChannel at(int place) {
    return channels.get(place);
  }

  /** A new channel in the place of {@code old}, unless another call has put one there. */
  synchronized void replace(int place, ManagedChannel old) {
    if (channels.get(place) != old) return;
    try {
      channels.set(place, open());
    } catch (Refused impossible) {
      throw new IllegalStateException(impossible);
    }
    old.shutdownNow();
  }

  synchronized void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private ManagedChannel open() throws Refused {
    JsonObject setup = order.setup();
    ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder(trial.target(), credentials());
    if (trial.serverName() != null) builder.overrideAuthority(trial.serverName());
    Map<String, ?> config = serviceConfig();
    if ("off".equals(retryWord())) builder.disableRetry();
    if (setup.has("loadBalancing")) builder.defaultLoadBalancingPolicy(Order.text(setup, "loadBalancing"));
    if (setup.has("keepalive")) {
      JsonObject keepalive = setup.getAsJsonObject("keepalive");
      builder
          .keepAliveTime(Order.millis(keepalive, "timeMs"), TimeUnit.MILLISECONDS)
          .keepAliveTimeout(Order.millis(keepalive, "timeoutMs"), TimeUnit.MILLISECONDS)
          .keepAliveWithoutCalls(Order.flag(keepalive, "permitWithoutCalls"));
    }
    if (setup.has("options")) {
      for (Map.Entry<String, JsonElement> option : setup.getAsJsonObject("options").entrySet())
        setOption(builder, option.getKey(), option.getValue());
    }
    try {
      // The config is checked in both places.
      if (config != null) builder.defaultServiceConfig(config);
      return builder.build();
    } catch (RuntimeException error) {
      throw new Refused(config == null ? "options" : "serviceConfig", error.toString());
    }
  }

  private ChannelCredentials credentials() {
    if (trial.caPem() == null) return InsecureChannelCredentials.create();
    TlsChannelCredentials.Builder tls = TlsChannelCredentials.newBuilder();
    if (Order.flag(order.setup(), "skipVerification"))
      return tls.trustManager(InsecureTrustManagerFactory.INSTANCE.getTrustManagers()).build();
    try {
      return tls.trustManager(new ByteArrayInputStream(trial.caPem().getBytes(StandardCharsets.US_ASCII))).build();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private String retryWord() {
    JsonElement retry = order.setup().get("retry");
    return retry != null && retry.isJsonPrimitive() ? retry.getAsString() : null;
  }

  /** As packages/lab/src/drivers/service-config.ts makes it; null if no setting asks for one. */
  @SuppressWarnings("unchecked")
  private Map<String, ?> serviceConfig() throws Refused {
    JsonObject setup = order.setup();
    if (setup.has("serviceConfig")) {
      try {
        return new Gson().fromJson(Order.text(setup, "serviceConfig"), Map.class);
      } catch (JsonParseException error) {
        throw new Refused("serviceConfig", error.toString());
      }
    }
    if (!setup.has("retry") || retryWord() != null) return null;
    JsonObject retry = setup.getAsJsonObject("retry");
    List<String> codes = new ArrayList<>();
    for (JsonElement code : retry.getAsJsonArray("codes")) codes.add(code.getAsString());
    Map<String, ?> policy =
        Map.of(
            "maxAttempts", retry.get("maxAttempts").getAsDouble(),
            "initialBackoff", seconds(retry, "initialBackoffMs"),
            "maxBackoff", seconds(retry, "maxBackoffMs"),
            "backoffMultiplier", 2.0,
            "retryableStatusCodes", codes);
    return Map.of("methodConfig", List.of(Map.of("name", List.of(Map.of()), "retryPolicy", policy)));
  }

  private static String seconds(JsonObject retry, String name) {
    return Order.millis(retry, name) / 1000.0 + "s";
  }

  /** The methods of the builder that take one plain value; times in ms. */
  private static void setOption(ManagedChannelBuilder<?> builder, String name, JsonElement value) throws Refused {
    NettyChannelBuilder netty = (NettyChannelBuilder) builder;
    switch (name) {
      case "idleTimeout" -> netty.idleTimeout(value.getAsLong(), TimeUnit.MILLISECONDS);
      case "maxInboundMessageSize" -> netty.maxInboundMessageSize(value.getAsInt());
      case "maxInboundMetadataSize" -> netty.maxInboundMetadataSize(value.getAsInt());
      case "flowControlWindow" -> netty.flowControlWindow(value.getAsInt());
      case "initialFlowControlWindow" -> netty.initialFlowControlWindow(value.getAsInt());
      case "maxRetryAttempts" -> netty.maxRetryAttempts(value.getAsInt());
      case "maxHedgedAttempts" -> netty.maxHedgedAttempts(value.getAsInt());
      case "overrideAuthority" -> netty.overrideAuthority(value.getAsString());
      case "userAgent" -> netty.userAgent(value.getAsString());
      default -> throw new Refused("options", "the driver knows no method " + name + " of grpc-java's builder");
    }
  }
}
