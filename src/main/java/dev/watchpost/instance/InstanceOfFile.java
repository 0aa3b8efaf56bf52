package dev.watchpost.instance;

/** A change that is the file's to make, not the REST API's. The message says which file. */
public final class InstanceOfFile extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private InstanceOfFile(String message) {
    super(message);
  }

  static InstanceOfFile change(Instance instance) {
    return new InstanceOfFile(
        instance.file().removed()
            ? "%s is gone; put it back to change instance %d, or DELETE the instance"
                .formatted(instance.file().path(), instance.id())
            : "instance %d is that of a file; change %s"
                .formatted(instance.id(), instance.file().path()));
  }

  static InstanceOfFile delete(Instance instance) {
    return new InstanceOfFile(
        "instance %d is that of a file; remove %s first"
            .formatted(instance.id(), instance.file().path()));
  }

  static InstanceOfFile enable(Instance instance) {
    return new InstanceOfFile(
        "%s is gone; put it back to enable instance %d"
            .formatted(instance.file().path(), instance.id()));
  }
}
