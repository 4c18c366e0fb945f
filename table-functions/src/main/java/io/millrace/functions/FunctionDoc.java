package io.millrace.functions;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the registry says about a function; stands on the class that implements it. A class of a
 * pipeline's own jar that has it becomes a function of the pipeline.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface FunctionDoc {

    /** Name in SQL, lower case. */
    String name();

    FunctionKind kind() default FunctionKind.SCALAR;

    /** In the order of the call: required ones first, then optional ones. */
    Argument[] arguments();

    /** Whether arguments can also be given by name; never where one repeats. */
    boolean named() default true;

    /** Type of the result, as a reader of SQL would write it, {@code NOT NULL} where it holds. */
    String returns();

    /** Kind of the values returned, such as {@code node_id}; empty: none. */
    String returnsKind() default "";

    /** What the function does, without its null rule. */
    String doc();

    /** When the result is null, and what a null argument does. */
    String nulls();

    /** Tags out of the fixed vocabulary, see {@link FunctionRegistry#TAGS}. */
    String[] tags();

    /** First version of Millrace, or of the jar, that has the function. */
    String since() default "0.1.0";

    /**
     * Raised whenever the same arguments may give another result, or the state has another form.
     */
    int version() default 1;

    /**
     * At least one: {@code expression => value}, or {@code SELECT .. FROM .. => value}, where value
     * is the result cast to STRING, {@code NULL} for null.
     */
    String[] examples();

    /** An argument. */
    @interface Argument {

        /** Its name in {@code f(name => value)}. */
        String name();

        /** Type, as a reader of SQL would write it; one of {@link ArgumentType} for ours. */
        String type();

        /** May be left out; then it is null, which stands for the default. */
        boolean optional() default false;

        /** The last argument may stand any number of times, at least once. */
        boolean varargs() default false;

        /** Must be a literal. */
        boolean literal() default false;

        /** What stands for a missing argument, as SQL; empty: nothing does. */
        String otherwise() default "";

        /** Kind of value that the argument must have if the value given has one; empty: any. */
        String accepts() default "";
    }
}
