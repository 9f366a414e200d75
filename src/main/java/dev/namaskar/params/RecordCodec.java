package dev.namaskar.params;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of settings into maps of plain values and back, as model files keep them: {@code leastContext} becomes
 * {@code least_context}; numbers, booleans and texts stay what they are; an enum constant becomes its name in small
 * letters, a list or an array a list, a record within a record a map within the map. A component that may be null is
 * left out where it is.
 *
 * <pre>{@code
 * Map<String, Object> map = RecordCodec.PLAIN.write(spec);
 * Spec again = RecordCodec.PLAIN.read("specification", Spec.class, map);
 * }</pre>
 *
 * <p>Reading is for maps that nobody vouches for: what is missing, unknown, or of another type is an error that names
 * it, and the record's own constructor checks the rest. A record within a record may stand unwrapped there, whether or
 * not it is {@link Unwrapped} when written.
 */
public final class RecordCodec {
    /** For records of numbers, booleans, texts, enums, lists, arrays, maps and records. */
    public static final RecordCodec PLAIN = new RecordCodec(Map.of());

    /** The name of a component in the map, where it is not the component's own. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Key {
        /** The name. */
        String value();
    }

    /** A record that stands unwrapped: its components among those of the record around it. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    public @interface Unwrapped {}

    private record Form<T>(Function<? super T, ?> writer, Function<Object, ? extends T> reader) {
        Object write(Object value) {
            @SuppressWarnings("unchecked") // filed under the class of T
            T own = (T) value;
            return writer.apply(own);
        }
    }

    private final Map<Class<?>, Form<?>> forms;

    private RecordCodec(Map<Class<?>, Form<?>> forms) {
        this.forms = forms;
    }

    /**
     * This codec with a form for one more type, wherever it stands.
     *
     * @param writer makes a plain value of it: a text, a number, a map
     * @param reader makes it of such a value; throws IllegalArgumentException if it cannot
     */
    public <T> RecordCodec with(Class<T> type, Function<? super T, ?> writer, Function<Object, ? extends T> reader) {
        Map<Class<?>, Form<?>> more = new LinkedHashMap<>(forms);
        more.put(type, new Form<>(writer, reader));
        return new RecordCodec(more);
    }

    /** The record's components by name, in their order. */
    public Map<String, Object> write(Record record) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = value(component, record);
            if (value instanceof Record inner && component.isAnnotationPresent(Unwrapped.class)) {
                map.putAll(write(inner));
            } else if (value != null) {
                map.put(key(component), plain(value));
            }
        }
        return map;
    }

    private Object plain(Object value) {
        Form<?> form = form(value.getClass());
        if (form != null) {
            return form.write(value);
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof String) {
            return value;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Character character) {
            return character.toString();
        }
        if (value instanceof Record record) {
            return write(record);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((name, entry) -> plain.put(String.valueOf(name), plain(entry)));
            return plain;
        }
        List<Object> list = new ArrayList<>();
        if (value instanceof Iterable<?> values) {
            values.forEach(each -> list.add(plain(each)));
        } else if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                list.add(plain(Array.get(value, i)));
            }
        } else {
            throw new IllegalStateException("no form for " + value.getClass().getName() + "; give the codec one");
        }
        return list;
    }

    /**
     * The record of these components.
     *
     * @param what names the map in errors: {@code specification}
     * @throws IllegalArgumentException if a component is missing, unknown, of another type, or refused by the record
     */
    public <R extends Record> R read(String what, Class<R> type, Map<String, ?> map) {
        Set<String> known = new LinkedHashSet<>();
        R record = read(what, type, map, known);
        for (String key : map.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        "expected nothing but " + known + " in the " + what + ", found \"" + key + "\"");
            }
        }
        return record;
    }

    private <R extends Record> R read(String what, Class<R> type, Map<String, ?> map, Set<String> known) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = component(what, components[i], map, known);
        }
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException because) {
                throw because;
            }
            throw new IllegalStateException(refused);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object component(String what, RecordComponent component, Map<String, ?> map, Set<String> known) {
        String key = key(component);
        Object found = map.get(key);
        Class<?> type = component.getType();
        if (found == null && type.isRecord() && form(type) == null && !isNullable(component)) {
            return read(what, type.asSubclass(Record.class), map, known);
        }
        known.add(key);
        if (found != null) {
            return typed(new StoredValue(what, key, found), component.getGenericType());
        }
        if (isNullable(component)) {
            return null;
        }
        throw new IllegalArgumentException("expected \"" + key + "\" in the " + what + ", found " + map.keySet());
    }

    private Object typed(StoredValue value, Type type) {
        Object found = value.present();
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return list(value, arguments[0]);
            }
            if (generic.getRawType() == Map.class) {
                Map<String, Object> map = new LinkedHashMap<>();
                value.map().forEach((name, each) -> map.put(name, typed(value.with(each), arguments[1])));
                return Collections.unmodifiableMap(map);
            }
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalStateException("no form for " + type.getTypeName());
        }
        Form<?> form = form(plain);
        if (form != null) {
            return form.reader().apply(found);
        }
        if (plain.isArray()) {
            List<Object> list = list(value, plain.getComponentType());
            Object array = Array.newInstance(plain.getComponentType(), list.size());
            for (int i = 0; i < list.size(); i++) {
                Array.set(array, i, list.get(i));
            }
            return array;
        }
        return plain.isRecord()
                ? read(value.key() + " of the " + value.what(), plain.asSubclass(Record.class), value.map())
                : value.as(plain);
    }

    private List<Object> list(StoredValue value, Type type) {
        List<Object> list = new ArrayList<>();
        value.list().forEach(each -> list.add(typed(value.with(each), type)));
        return Collections.unmodifiableList(list);
    }

    private @Nullable Form<?> form(Class<?> type) {
        for (Map.Entry<Class<?>, Form<?>> each : forms.entrySet()) {
            if (each.getKey().isAssignableFrom(type == char.class ? Character.class : type)) {
                return each.getValue();
            }
        }
        return null;
    }

    private static boolean isNullable(RecordComponent component) {
        AnnotatedElement type = component.getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object value(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        return key == null ? component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) : key.value();
    }
}
