package dev.namaskar;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What users can see has a comment: every public type, and what is public or protected in it, but for overrides. */
class CommentsTest {
    private static List<Path> sources() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().matches(".*[/\\\\](cli|internal)[/\\\\].*"))
                    .toList();
        }
    }

    @Test
    void everythingThatUsersSeeHasAComment() throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> bare = new ArrayList<>();
        int types;
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources()));
            Seen seen = new Seen(DocTrees.instance(task), bare);
            for (CompilationUnitTree unit : task.parse()) {
                seen.scan(unit, null);
            }
            types = seen.types;
        }
        assertThat(types).isGreaterThan(300);
        assertThat(bare).isEmpty();
    }

    private static final class Seen extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final DocTrees trees;
        private final List<String> bare;
        private int types;

        Seen(DocTrees trees, List<String> bare) {
            this.trees = trees;
            this.bare = bare;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (isSeen(type.getModifiers())) {
                types++;
                check(type.getSimpleName().toString(), type.getModifiers());
                super.visitClass(type, null);
            }
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            if (isSeen(method.getModifiers())) {
                check(method.getName().toString(), method.getModifiers());
            }
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
            // A record's components are fields to the parser, and are commented with the record.
            if (field.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
                check(field.getName().toString(), field.getModifiers());
            }
            return null;
        }

        /** Public or protected, in an interface also without a word. */
        private boolean isSeen(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            TreePath around = getCurrentPath().getParentPath();
            boolean inInterface = around != null && around.getLeaf().getKind() == Tree.Kind.INTERFACE;
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || (inInterface && !flags.contains(Modifier.PRIVATE));
        }

        private void check(String name, ModifiersTree modifiers) {
            boolean overrides = modifiers.getAnnotations().stream()
                    .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
            if (!overrides && trees.getDocComment(getCurrentPath()) == null) {
                CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
                bare.add(unit.getPackageName() + ": "
                        + Path.of(unit.getSourceFile().getName()).getFileName() + ", " + name);
            }
        }
    }
}
