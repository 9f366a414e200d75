package dev.namaskar.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file that takes another's place inherits: permissions, group and owner.
 *
 * @param posix the old file's; null where there is none, or the file system has no such thing
 */
record KeptAttributes(@Nullable PosixFileAttributes posix) {
    private static final FileAttribute<?>[] NONE = {};
    private static final FileAttribute<?> PRIVATE = PosixFilePermissions.asFileAttribute(
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

    /** Those of a file, which need not exist. */
    static KeptAttributes of(Path file) throws IOException {
        PosixFileAttributeView view = view(file);
        return new KeptAttributes(view == null || !Files.exists(file) ? null : view.readAttributes());
    }

    /** How the new file is created: nobody who may not read the old one can read the new one half done. */
    FileAttribute<?>[] whileWriting() {
        return posix == null ? NONE : new FileAttribute<?>[] {PRIVATE};
    }

    /** Gives them to the new file. A group that cannot be given must not get what the old one had: it gets others' part. */
    void passTo(Path file) throws IOException {
        PosixFileAttributeView view = view(file);
        if (posix == null || view == null) {
            return;
        }
        PosixFileAttributes fresh = view.readAttributes();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(posix.permissions());
        if (!posix.owner().equals(fresh.owner())) {
            attempt(() -> view.setOwner(posix.owner()));
        }
        if (!posix.group().equals(fresh.group()) && !attempt(() -> view.setGroup(posix.group()))) {
            like(permissions, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
            like(permissions, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
            like(permissions, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
        }
        view.setPermissions(permissions);
    }

    private static void like(Set<PosixFilePermission> all, PosixFilePermission group, PosixFilePermission others) {
        if (!all.contains(others)) {
            all.remove(group);
        }
    }

    private static @Nullable PosixFileAttributeView view(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private interface Change {
        void make() throws IOException;
    }

    private static boolean attempt(Change change) {
        try {
            change.make();
            return true;
        } catch (IOException notAllowed) {
            return false;
        }
    }
}
