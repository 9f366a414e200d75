package dev.namaskar.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A zip file whose entries are read into memory one by one, each up to a bound that holds for what it inflates to,
 * whatever the file claims. Nothing is ever unpacked to disk, so names such as {@code ../x} lead nowhere.
 */
public final class Archive implements Closeable {

    private final Path path;
    private final ZipFile zip;

    private Archive(Path path, ZipFile zip) {
        this.path = path;
        this.zip = zip;
    }

    /** Opens an archive; {@code kind} is what messages call it. */
    public static Archive open(Path path, String kind) throws IOException {
        InputFile.require(path);
        try {
            return new Archive(path, new ZipFile(path.toFile()));
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedFileException(
                    path + ": expected " + kind + ", a zip file, found something else (" + e.getMessage() + ")", e);
        }
    }

    /** Whether there is an entry of this name. */
    public boolean contains(String name) {
        return zip.getEntry(name) != null;
    }

    /** All bytes of an entry that inflates to at most {@code most} bytes. */
    public byte[] read(String name, long most) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null || entry.isDirectory()) {
            throw new MalformedFileException(path + ": expected an entry \"" + name + "\", found "
                    + zip.stream().limit(8).map(ZipEntry::getName).toList());
        }
        int bound = (int) Math.min(most, Integer.MAX_VALUE - 8);
        HeapRoom.require(path + ": " + name, Math.min(bound, Math.max(0, entry.getSize())));
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes(bound);
            if (in.read() >= 0) {
                throw new MalformedFileException(path + ": expected at most " + bound + " bytes in entry \"" + name
                        + "\", found more; a zip bomb?");
            }
            return content;
        } catch (MalformedFileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new MalformedFileException(
                    path + ": entry \"" + name + "\" could not be read (" + e.getMessage() + ")", e);
        }
    }

    /**
     * The most that weights in this file may inflate to: real ones hardly shrink, so sixteen times the whole file is
     * generous, and a file of a few kilobytes cannot ask for gigabytes.
     */
    public long mostWeights() throws IOException {
        return 16 * Files.size(path) + (1 << 16);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
